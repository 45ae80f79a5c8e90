"""How large a message may be."""

UNLIMITED = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))
"""The engine sends a whole stack in one message; gRPC's own limit is 4 MB."""
