"""Sockets of this process: pairs, and streams between sockets that listen and connect here. There is no network."""
import time as _time

AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = 0, 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET = 1, 2, 3, 4, 5
SOCK_NONBLOCK, SOCK_CLOEXEC = 2048, 524288
SOL_SOCKET, SO_DEBUG, SO_REUSEADDR, SO_TYPE, SO_ERROR = 1, 1, 2, 3, 4
SO_BROADCAST, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE, SO_LINGER, SO_REUSEPORT = 6, 7, 8, 9, 13, 15
SO_RCVTIMEO, SO_SNDTIMEO, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN = 20, 21, 30, 38, 39
IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6, IPPROTO_RAW = 0, 1, 6, 17, 41, 255
IPV6_V6ONLY, TCP_NODELAY, SOMAXCONN = 26, 1, 4096
MSG_OOB, MSG_PEEK, MSG_DONTROUTE, MSG_WAITALL, MSG_DONTWAIT, MSG_NOSIGNAL = 1, 2, 4, 256, 64, 16384
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
INADDR_ANY, INADDR_LOOPBACK, INADDR_BROADCAST = 0, 0x7F000001, 0xFFFFFFFF
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_ADDRCONFIG, AI_NUMERICSERV = 1, 2, 4, 32, 1024
NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM = 1, 2, 8, 16
EAI_NONAME, EAI_FAMILY, EAI_SERVICE, EAI_SOCKTYPE, EAI_AGAIN, EAI_FAIL = -2, -6, -8, -7, -3, -4
has_ipv6 = False
error = OSError
timeout = TimeoutError


class herror(OSError):
    pass


class gaierror(OSError):
    pass


for _class in (herror, gaierror):
    _class.__module__ = "socket"
del _class

_default_timeout = None
_next_fd = 1000
_open_sockets = {}
_listening = {}
_BUFFER = 212992


def _again():
    return BlockingIOError(11, "Resource temporarily unavailable")


class socket:
    """One end of a connection within this process."""

    __slots__ = ("_family", "_type", "_proto", "_fd", "_state", "_timeout")
    family = property(lambda self: self._family)
    type = property(lambda self: self._type)
    proto = property(lambda self: self._proto)
    timeout = property(lambda self: self._timeout)

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        global _next_fd
        self._family = AF_INET if family == -1 else int(family)
        self._type = (SOCK_STREAM if type == -1 else int(type)) & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
        self._proto = 0 if proto == -1 else proto
        if fileno is not None:
            other = _open_sockets.get(fileno)
            if other is None:
                raise OSError(9, "Bad file descriptor")
            self._family, self._type, self._proto = other._family, other._type, other._proto
            self._state = other._state
            self._fd = fileno
        else:
            self._fd = _next_fd
            _next_fd += 1
            self._state = _State()
        self._timeout = _default_timeout
        _open_sockets[self._fd] = self

    def __repr__(self):
        return f"<socket object, fd={self._fd}, family={self._family}, type={self._type}, proto={self._proto}>"

    def fileno(self):
        return self._fd

    def _check(self):
        if self._fd < 0:
            raise OSError(9, "Bad file descriptor")
        return self._state

    def close(self):
        if self._fd < 0:
            return
        _open_sockets.pop(self._fd, None)
        self._fd = -1
        state = self._state
        if not any(s._state is state for s in _open_sockets.values()):
            state.close()

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def settimeout(self, value, /):
        if value is not None and value < 0:
            raise ValueError("Timeout value out of range")
        self._timeout = None if value is None else float(value)

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag, /):
        self._timeout = None if flag else 0.0

    def getblocking(self):
        return self._timeout != 0

    def setsockopt(self, level, optname, value, optlen=None, /):
        self._check().options[level, optname] = value

    def getsockopt(self, level, optname, buflen=0, /):
        if (level, optname) == (SOL_SOCKET, SO_ERROR):
            return 0
        if (level, optname) == (SOL_SOCKET, SO_TYPE):
            return self.type
        value = self._check().options.get((level, optname), 0)
        return value if not buflen else bytes(buflen)

    def _readable(self):
        state = self._state
        return bool(state.received or state.ended or state.waiting)

    def _writable(self):
        peer = self._state.peer
        return peer is None or peer.closed or len(peer.received) < _BUFFER

    def _wait(self, ready, what):
        """Nothing else runs while this waits, so what is not ready will not be."""
        if ready():
            return
        if self._timeout == 0:
            raise _again()
        if self._timeout is not None:
            _time.sleep(self._timeout)
            raise TimeoutError("timed out")
        raise OSError(35, f"Resource deadlock avoided: nothing in this process can make the socket {what}")

    def bind(self, address, /):
        state = self._check()
        if self.family == AF_INET:
            host, port = address
            if not port:
                port = 49152
                while ("127.0.0.1", port) in _listening:
                    port += 1
            address = (_numeric(host), port)
        if address in _listening:
            raise OSError(98, "Address already in use")
        state.name = address

    def listen(self, backlog=128, /):
        state = self._check()
        if state.name is None:
            self.bind(("", 0))
        state.waiting = []
        state.listens = True
        _listening[state.key()] = state

    def _accept(self):
        state = self._check()
        if not state.listens:
            raise OSError(22, "Invalid argument")
        self._wait(lambda: state.waiting, "readable")
        end = socket(self._family, self._type, self._proto)
        end._state = state.waiting.pop(0)
        # The caller makes its own object of the descriptor.
        return end._fd, end._state.peer_name()

    def connect(self, address, /):
        state = self._check()
        if self.family == AF_INET:
            address = (_numeric(address[0]), address[1])
            target = _listening.get(("127.0.0.1", address[1])) if address[0] in ("127.0.0.1", "0.0.0.0") else None
            if target is None and address[0] != "127.0.0.1":
                raise OSError(101, "Network is unreachable")
        else:
            target = _listening.get(address)
        if target is None:
            raise ConnectionRefusedError(111, "Connection refused")
        if state.name is None:
            state.name = ("127.0.0.1", 60000 + self._fd % 5000) if self.family == AF_INET else ""
        other = _State()
        other.name = target.name
        other.peer, state.peer = state, other
        target.waiting.append(other)

    def connect_ex(self, address, /):
        try:
            self.connect(address)
        except OSError as e:
            return e.errno
        return 0

    def getsockname(self):
        name = self._check().name
        return name if name is not None else ("0.0.0.0", 0) if self.family == AF_INET else ""

    def getpeername(self):
        if self._check().peer is None:
            raise OSError(107, "Transport endpoint is not connected")
        return self._state.peer_name()

    def send(self, data, flags=0, /):
        state = self._check()
        if state.peer is None:
            raise OSError(107, "Transport endpoint is not connected")
        if state.peer.closed or state.shut:
            raise BrokenPipeError(32, "Broken pipe")
        self._wait(self._writable, "writable")
        data = bytes(data)[:_BUFFER]
        state.peer.received += data
        return len(data)

    def sendall(self, data, flags=0, /):
        data = memoryview(data).cast("B")
        while data:
            data = data[self.send(data):]

    def recv(self, bufsize, flags=0, /):
        if bufsize < 0:
            raise ValueError("negative buffersize in recv")
        state = self._check()
        if state.peer is None:
            raise OSError(107, "Transport endpoint is not connected")
        self._wait(self._readable, "readable")
        data = bytes(state.received[:bufsize])
        if not flags & MSG_PEEK:
            del state.received[:bufsize]
        return data

    def recv_into(self, buffer, nbytes=0, flags=0, /):
        view = memoryview(buffer).cast("B")
        data = self.recv(nbytes or len(view), flags)
        view[:len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0, /):
        return self.recv(bufsize, flags), self._state.peer_name()

    def shutdown(self, how, /):
        state = self._check()
        if state.peer is None:
            raise OSError(107, "Transport endpoint is not connected")
        if how in (SHUT_WR, SHUT_RDWR):
            state.shut = True
            state.peer.ended = True


class _State:
    """What a connection's end is; several socket objects may stand for it."""

    def __init__(self):
        self.received = bytearray()
        self.peer = None
        self.name = None
        self.waiting = []
        self.listens = self.ended = self.closed = self.shut = False
        self.options = {}

    def key(self):
        return ("127.0.0.1", self.name[1]) if isinstance(self.name, tuple) else self.name

    def peer_name(self):
        name = self.peer.name if self.peer else None
        return "" if name is None else name

    def close(self):
        self.closed = True
        if self.peer is not None:
            self.peer.ended = True
        if self.listens:
            _listening.pop(self.key(), None)


SocketType = socket
socket.__module__ = "_socket"


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /):
    a, b = socket(family, type, proto), socket(family, type, proto)
    a._state.peer, b._state.peer = b._state, a._state
    return a, b


def _numeric(host):
    if host in ("", "0.0.0.0"):
        return "0.0.0.0"
    if host == "localhost":
        return "127.0.0.1"
    try:
        inet_aton(host)
    except OSError:
        raise gaierror(EAI_AGAIN, "Temporary failure in name resolution") from None
    return host


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    if family not in (0, AF_INET):
        raise gaierror(EAI_FAMILY, "ai_family not supported")
    if isinstance(host, bytes):
        host = host.decode()
    address = _numeric(host) if host else "0.0.0.0" if flags & AI_PASSIVE else "127.0.0.1"
    try:
        port = int(port or 0)
    except ValueError:
        port = getservbyname(port)
    kinds = [(SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP), (SOCK_RAW, IPPROTO_IP)]
    return [(AF_INET, kind, number, "", (address, port)) for kind, number in kinds if type in (0, kind)]


def getnameinfo(sockaddr, flags, /):
    return ("localhost" if sockaddr[0] == "127.0.0.1" and not flags & NI_NUMERICHOST else sockaddr[0], str(sockaddr[1]))


def gethostbyname(host, /):
    return _numeric(host)


def gethostname():
    import os
    return os.uname().nodename if hasattr(os, "uname") else "localhost"


def gethostbyaddr(address, /):
    if _numeric(address) == "127.0.0.1":
        return "localhost", [], ["127.0.0.1"]
    raise herror(1, "Unknown host")


_SERVICES = {"http": 80, "https": 443, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53, "pop3": 110, "imap2": 143}


def getservbyname(name, protocol=None, /):
    if name not in _SERVICES:
        raise OSError("service/proto not found")
    return _SERVICES[name]


def getservbyport(port, protocol=None, /):
    for name, number in _SERVICES.items():
        if number == port:
            return name
    raise OSError("port/proto not found")


def getprotobyname(name, /):
    numbers = {"ip": 0, "icmp": 1, "tcp": 6, "udp": 17}
    if name not in numbers:
        raise OSError("protocol not found")
    return numbers[name]


def inet_aton(text, /):
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isdecimal() and int(part) < 256 for part in parts):
        raise OSError("illegal IP address string passed to inet_aton")
    return bytes(map(int, parts))


def inet_ntoa(packed, /):
    packed = bytes(packed)
    if len(packed) != 4:
        raise OSError("packed IP wrong length")
    return ".".join(map(str, packed))


def inet_pton(family, text, /):
    if family == AF_INET:
        try:
            return inet_aton(text)
        except OSError:
            raise OSError("illegal IP address string passed to inet_pton") from None
    if family == AF_INET6:
        import ipaddress
        try:
            return ipaddress.IPv6Address(text).packed
        except ValueError:
            raise OSError("illegal IP address string passed to inet_pton") from None
    raise OSError(97, "Address family not supported by protocol")


def inet_ntop(family, packed, /):
    if family == AF_INET:
        return inet_ntoa(packed)
    if family == AF_INET6:
        import ipaddress
        return str(ipaddress.IPv6Address(bytes(packed)))
    raise ValueError(f"unknown address family {family}")


def _swap(bits):
    def convert(x, /):
        if x < 0:
            raise OverflowError("can't convert negative value to unsigned int")
        return int.from_bytes(x.to_bytes(bits // 8, "little"), "big")
    return convert


htons = ntohs = _swap(16)
htonl = ntohl = _swap(32)


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(value, /):
    global _default_timeout
    if value is not None and value < 0:
        raise ValueError("Timeout value out of range")
    _default_timeout = value


def close(fd, /):
    sock = _open_sockets.get(fd)
    if sock is None:
        raise OSError(9, "Bad file descriptor")
    sock.close()


def dup(fd, /):
    global _next_fd
    sock = _open_sockets.get(fd)
    if sock is None:
        raise OSError(9, "Bad file descriptor")
    twin = socket(sock.family, sock.type, sock.proto)
    twin._state = sock._state
    return twin.fileno()


def if_nameindex():
    return [(1, "lo")]


CAPI = None
