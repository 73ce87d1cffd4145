"""What runs within the sandbox; it imports nothing else of the instructor's part.

frames    messages over a socket
codec     values as bytes and back, without pickle
zygote    a warm process that forks a child for each submission
answers   the child that runs set-up and answer cells, and serves calls
checks    the child that runs test cells, with stand-ins for the answers
"""
