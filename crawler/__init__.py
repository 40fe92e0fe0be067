"""All that touches the network, and the archive it fills."""
