# Carets under expressions that span lines, and under parts of long ones.
def check(data):
    total = (
        data["first"]
        + data["second"]
        + sum(
            int(part)
            for part in data["parts"]
        )
    )
    return total


def build():
    return {"first": 1, "second": 2, "parts": ["1", "2", "three"]}


print(check({"first": 1, "second": 2, "parts": []}))
check(
    build(),
)
