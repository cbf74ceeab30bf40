import asyncio, time
async def f(n, d):
    await asyncio.sleep(d); print("f", n); return n
async def main():

    print(await asyncio.gather(f(1,0.2), f(2,0.1), f(3,0.05)))
    q=asyncio.Queue()
    async def prod():
        for i in range(3): await q.put(i); await asyncio.sleep(0)
        await q.put(None)
    async def cons():
        while (x:=await q.get()) is not None: print("got", x)
    async with asyncio.TaskGroup() as tg:
        tg.create_task(prod()); tg.create_task(cons())
    try: await asyncio.wait_for(asyncio.sleep(5), 0.05)
    except TimeoutError as e: print("timeout", repr(e))
    try:
        async with asyncio.timeout(0.05): await asyncio.sleep(1)
    except TimeoutError: print("timeout2")
    t=asyncio.create_task(f(9, 10)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print("cancelled")
    lock=asyncio.Lock(); ev=asyncio.Event(); sem=asyncio.Semaphore(1)
    async with lock, sem: ev.set()
    await ev.wait()
    print(await asyncio.gather(f(1,0), asyncio.sleep(0.01, "x"), return_exceptions=True))
    async def boom(): raise ValueError("b")
    print(await asyncio.gather(boom(), return_exceptions=True))
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(boom())
    except* ValueError as eg: print(eg.exceptions)
    async for x in agen(): print(x)
    async def handle(r, w):
        d=await r.readline(); w.write(b"echo "+d); await w.drain(); w.close()
    s=await asyncio.start_server(handle, "127.0.0.1", 0)
    port=s.sockets[0].getsockname()[1]
    r,w=await asyncio.open_connection("127.0.0.1", port)
    w.write(b"hi\n"); print(await r.read()); w.close(); s.close(); await s.wait_closed()
    loop=asyncio.get_running_loop(); fut=loop.create_future(); loop.call_later(0.01, fut.set_result, 5); print(await fut)
    loop.call_soon(print, "soon"); await asyncio.sleep(0)
    done,pend=await asyncio.wait([asyncio.create_task(f(1,0.01)),asyncio.create_task(f(2,3))], return_when=asyncio.FIRST_COMPLETED); print(len(done),len(pend)); [p.cancel() for p in pend]
    for c in asyncio.as_completed([f(5,0.4),f(6,0.05)]): print(await c)
async def agen():
    for i in range(2): yield i; await asyncio.sleep(0)
print(asyncio.run(main()))
async def m2():
    try: print(await asyncio.to_thread(lambda: 5))
    except RuntimeError as e: print("RT", e)
with asyncio.Runner() as r: print(r.run(f(1,0)))
