"""Coroutines in tests: playwright keeps a loop running in the thread of the tests, where asyncio.run refuses."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run(coroutine):
    """What asyncio.run(coroutine) gives, in a thread of its own."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()
