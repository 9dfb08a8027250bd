"""What leaves by post: letters, labels, the packing list, and the mails that confirm it."""
