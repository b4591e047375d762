"""The reference validators of finished editions, where they are installed."""
