"""What an instrument or a score means, whether it holds, and what follows from it."""
