import csv, io, sys
rows=[["a","b","c"],[1,2.5,None],["x,y",'q"q',"line\nbreak"],["",""," sp"],[""]]
for q in range(6):
    for kw in ({}, {"escapechar":"\\"}, {"doublequote":False,"escapechar":"\\"}, {"delimiter":";","lineterminator":"\n"}, {"delimiter":" ","skipinitialspace":True}):
        o=io.StringIO()
        w=csv.writer(o, quoting=q, **kw)
        for r in rows:
            try: w.writerow(r)
            except Exception as e: print(q,kw,type(e).__name__,e)
        print(repr(o.getvalue()))
data='a,b,c\r\n1,"x, y","q""q"\r\n\r\n"multi\nline",2,\r\n \'s\', "z" ,w\r\n'
for kw in ({}, {"skipinitialspace":True}, {"delimiter":";"}, {"quoting":csv.QUOTE_NONE}, {"quotechar":"'"},{"quoting":csv.QUOTE_NOTNULL},{"strict":True}):
    r=csv.reader(io.StringIO(data,newline=""), **kw)
    try:
        for row in r: print(r.line_num,row)
    except Exception as e: print(kw,type(e).__name__,e)
print(list(csv.reader(["1,2,\"a\"","3.5,,\"\""],quoting=csv.QUOTE_STRINGS)))
try: print(list(csv.reader(["1,2,\"a\"","3.5,,\"\""],quoting=csv.QUOTE_NONNUMERIC)))
except Exception as e: print(e)
print(list(csv.reader(["a\\,b,c\\\"d","e\\"],escapechar="\\")))
print(list(csv.DictReader(io.StringIO("n,v\na,1\nb,2\n"))))
o=io.StringIO(); w=csv.DictWriter(o,["n","v"]); w.writeheader(); w.writerow({"n":1,"v":"x"}); print(repr(o.getvalue()))
for kw in ({"delimiter":""},{"delimiter":"ab"},{"delimiter":1},{"quotechar":""},{"quoting":9},{"quoting":"x"},{"lineterminator":None},{"quotechar":None,"quoting":1},{"delimiter":"\n"},{"delimiter":"a","quotechar":"a"},{"quotechar":" ","skipinitialspace":True},{"bogus":1}):
    try: csv.reader([],**kw); print("ok",kw)
    except Exception as e: print(kw,type(e).__name__,e)
csv.register_dialect("pipes",delimiter="|"); print(csv.list_dialects(), next(csv.reader(["a|b"],"pipes")))
try: csv.get_dialect("nope")
except Exception as e: print(type(e),e)
for bad in (["a\rb"],[b"x"],5):
    try: print(list(csv.reader(bad)))
    except Exception as e: print(type(e).__name__,e)
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.field_size_limit())
d=csv.excel; print(csv.reader([]).dialect.delimiter, type(csv.reader([])), type(csv.writer(io.StringIO())))
print(list(csv.reader(['"a\n','b",c'])), list(csv.reader(["a,b\n\n","\n","c\n"])))
