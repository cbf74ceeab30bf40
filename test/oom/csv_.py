# _csv: dialects, reading with quotes and escapes, writing, errors.
import csv
import io


def work():
    text = 'a,"b ""x""",c\r\n1,"two\nlines",3.5\n\n\'q\',é,😀\n'
    out = [list(csv.reader(io.StringIO(text, newline="")))]
    out.append(list(csv.reader(["a;'b;c';d\\;e"], delimiter=";", quotechar="'", escapechar="\\")))
    out.append(list(csv.reader(['"x",1,2.5,'], quoting=csv.QUOTE_STRINGS)))
    csv.register_dialect("mine", delimiter="|", lineterminator="\n")
    buffer = io.StringIO()
    w = csv.writer(buffer, "mine", quoting=csv.QUOTE_NONNUMERIC)
    w.writerows([["a", 1, 2.5, None, 'q"q', "l\nf"], [""], ["x|y"]])
    out.append(buffer.getvalue())
    csv.unregister_dialect("mine")
    rows = list(csv.DictReader(["k,v", "1,2", "3,4,5"]))
    out.append(rows)
    for bad in (lambda: csv.reader([], delimiter="ab"), lambda: list(csv.reader(['"x'], strict=True)), lambda: w.writerow(5), lambda: csv.get_dialect("none"), lambda: next(csv.reader([b"x"]))):
        try:
            bad()
        except (csv.Error, TypeError) as e:
            out.append(f"{type(e).__name__} {e}")
    return out


for item in work():
    print(item)
