"""Press: what a product must be before it leaves `output/`."""
