# Futures and tasks leave no entries of their own in tracebacks, have CPython's sizes and say what CPython's say.
import asyncio
import sys
import traceback


async def boom(kind):
    await asyncio.sleep(0)
    raise kind("raised")


async def chained():
    try:
        await boom(KeyError)
    except KeyError:
        raise ValueError("second")


async def bad_yield():
    await Yields()


class Yields:
    def __await__(self):
        yield 5


async def on_itself():
    await asyncio.current_task()


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(boom(LookupError), name="first")
    print(sys.getsizeof(future), sys.getsizeof(task), type(future), type(task))
    print(type(future).__basicsize__, type(task).__basicsize__, future, future._callbacks)
    try:
        await task
    except LookupError as e:
        traceback.print_exception(e, file=sys.stdout)
    for coro in chained(), bad_yield(), on_itself():
        try:
            await asyncio.create_task(coro)
        except Exception as e:
            frames = [f.name for f in traceback.extract_tb(e.__traceback__)]
            print(type(e).__name__, str(e)[:28], frames, type(e.__context__).__name__)
    for call in (future.result, future.exception, lambda: task.set_result(1), lambda: asyncio.Task(5)):
        try:
            call()
        except Exception as e:
            print(repr(e), len(traceback.extract_tb(e.__traceback__)))
    future.set_exception(OSError("set"))
    try:
        future.set_result(1)
    except asyncio.InvalidStateError as e:
        print(repr(e))
    try:
        await future
    except OSError as e:
        traceback.print_exception(e, file=sys.stdout)
    stuck = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    print(stuck.cancel("enough"), stuck.cancelling(), stuck.uncancel(), stuck.done())
    try:
        await stuck
    except asyncio.CancelledError as e:
        print(repr(e), stuck.cancelled(), stuck.get_stack())


asyncio.run(main())
