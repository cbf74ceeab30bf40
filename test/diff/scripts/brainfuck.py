# A Brainfuck interpreter, and a generator of programs for texts.
class Machine:
    def __init__(self, code, data=b""):
        self.code = [c for c in code if c in "+-<>.,[]"]
        self.jumps = self.match()
        self.data = iter(data)
        self.tape = bytearray(1)
        self.out = bytearray()
        self.steps = 0

    def match(self):
        stack, jumps = [], {}
        for i, c in enumerate(self.code):
            if c == "[":
                stack.append(i)
            elif c == "]":
                if not stack:
                    raise SyntaxError(f"unmatched ] at {i}")
                j = stack.pop()
                jumps[i], jumps[j] = j, i
        if stack:
            raise SyntaxError(f"unmatched [ at {stack.pop()}")
        return jumps

    def run(self, limit=10**6):
        at = cell = 0
        tape, code = self.tape, self.code
        while at < len(code):
            self.steps += 1
            if self.steps > limit:
                raise TimeoutError("too many steps")
            match code[at]:
                case "+":
                    tape[cell] = (tape[cell] + 1) & 255
                case "-":
                    tape[cell] = (tape[cell] - 1) & 255
                case ">":
                    cell += 1
                    if cell == len(tape):
                        tape.append(0)
                case "<":
                    cell -= 1
                    if cell < 0:
                        raise IndexError("left of the tape")
                case ".":
                    self.out.append(tape[cell])
                case ",":
                    tape[cell] = next(self.data, 0)
                case "[" if tape[cell] == 0:
                    at = self.jumps[at]
                case "]" if tape[cell] != 0:
                    at = self.jumps[at]
            at += 1
        return bytes(self.out)


HELLO = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
m = Machine(HELLO)
print(m.run(), m.steps, len(m.tape), list(m.tape))
print(Machine(",[.,]", b"echo this").run(), Machine(",>,[<+>-]<.", bytes([30, 35])).run(), Machine("++>+++[<+>-]<" + "." * 2).run(), Machine("-.").run(), Machine("").run())


def program_for(text):
    out, last = [], 0
    for byte in text.encode():
        diff = byte - last
        if abs(diff) > 10:
            k = abs(diff) // 8
            out.append(">" + "+" * 8 + "[<" + ("+" if diff > 0 else "-") * k + ">-]<")
            diff -= 8 * k if diff > 0 else -8 * k
        out.append(("+" if diff > 0 else "-") * abs(diff) + ".")
        last = byte
    return "".join(out)


for text in ("Hi!", "glass heap", "héé", ""):
    code = program_for(text)
    print(len(code), Machine(code).run().decode() == text)
for bad in ("[", "]", "<", "+[]", "[[]", "+[>+]"):
    try:
        Machine(bad).run(2000)
    except (SyntaxError, IndexError, TimeoutError) as e:
        print(bad, type(e).__name__, e)
