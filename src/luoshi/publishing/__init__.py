"""What leaves the house for everybody: figures and tables made safe, in files other programs read. No clock, no database."""
