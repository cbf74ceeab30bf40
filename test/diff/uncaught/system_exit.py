# SystemExit with a text: goes to stderr, status 1; finally blocks and atexit handlers run.
import atexit
import sys

atexit.register(print, "atexit")


class D:
    def __del__(self):
        print("deleted at exit")


d = D()


def main():
    try:
        print("working")
        sys.exit("fatal: could not go on")
    finally:
        print("finally")


main()
