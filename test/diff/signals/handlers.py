import signal, time
print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGPIPE))
def h(s, f): print("handler", s, f.f_code.co_name, f.f_lineno)
print(signal.signal(signal.SIGUSR1, h))
signal.raise_signal(signal.SIGUSR1)
signal.signal(signal.SIGALRM, h)
print(signal.alarm(1))
t=time.time()
time.sleep(1.5)
print(time.time() - t > 1.4)
class Timeout(Exception): pass
def h2(s, f): raise Timeout
signal.signal(signal.SIGALRM, h2)
print(signal.setitimer(signal.ITIMER_REAL, 0.3))
try:
    i=0
    while True: i+=1
except Timeout: print("timeout")
for bad in (lambda: signal.signal(9,h), lambda: signal.signal(99,h), lambda: signal.signal(10, "x"), lambda: signal.getsignal(0)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
print(signal.strsignal(2), len(signal.valid_signals()), signal.Signals(15).name)
try: signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as e: print("KI", repr(e))
signal.raise_signal(signal.SIGINT)
