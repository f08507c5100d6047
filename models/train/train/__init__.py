"""The network, its training, and the model directory that comes out."""
