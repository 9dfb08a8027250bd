"""What changed between two states of a dossier: two dossiers in, the changes a chapter at a time out."""
