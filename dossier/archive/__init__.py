"""The archive: a round in a BagIt bag with MDTO metadata, that can be verified, rebuilt and compared."""
