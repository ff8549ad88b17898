"""Multiplications on P-384 by `cryptography` (OpenSSL): what the arithmetic of questions costs another library.

    scalar_multiplications.py COUNT

Prints a line with the median of so many ECDH exchanges in milliseconds of processor time."""
import json
import statistics
import sys
import time

from cryptography.hazmat.primitives.asymmetric import ec

mine, theirs = (ec.generate_private_key(ec.SECP384R1()) for _ in range(2))
public = theirs.public_key()
times = []
for _ in range(int(sys.argv[1])):
    start = time.thread_time()
    mine.exchange(ec.ECDH(), public)
    times.append((time.thread_time() - start) * 1000)
print(json.dumps({"multiplication_ms": statistics.median(times)}))
