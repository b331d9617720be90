"""Known answers: what is sealed here opens in another implementation."""
