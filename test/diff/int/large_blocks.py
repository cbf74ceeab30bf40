# Small results in the blocks of large operands, and their release; ranges with steps of more than 32 bits.
def differences(n):
    total = 0
    for i in range(n):
        a = 2**4000 - (2**4000 - 100000 - i)
        b = a + 1
        total += a + b
    return total


print(differences(300))


def remainders(n):
    big = 7**3000
    total = 0
    for i in range(n):
        q, r = divmod(big * (i + 2) + i * 1000, big)
        total += q + r
        total += (big * 3 + 12345 + i) % big
        total -= -(big * 3 + 12345 + i) // big
    return total


print(remainders(300))
print([x for x in range(0, 2**34, 2**32)], list(range(2**34, 0, -(2**33))))


def pieces(n):
    out = []
    for i in range(n):
        s = "ab" * 600
        s = s[: 5 + i % 7] + str(i)
        out.append(("%s" % s).replace("a", "")[:4])
    return len(set(out))


print(pieces(200))
