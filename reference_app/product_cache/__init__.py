"""Product cache: what a paid upstream said of products, kept for as long as it may be used."""
