"""Notes on records: writing one, changing one's own, throwing it away."""
