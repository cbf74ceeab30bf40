import re
print(re.compile(r"(?<=a)b").match("ab",1), re.compile(r"(?<=[\s/])b").match("a b",2), re.compile(r"((?<=[\s/])[^ ])").match("a b",2), re.compile(r"(?<!a)b").match("ab",1), re.compile(r"\bb").match("ab",1), re.compile(r"^b").match("ab",1), re.compile("(?<=a)b").search("ab",1))
print(re.compile(r'((?<=[\'"\s/])[^\s/>][^\s/=>]*)(\s*=+\s*(\'[^\']*\'|"[^"]*"|(?![\'"])[^>\s]*))?(?:\s|/(?!>))*').match('<a b="c">',3))
print(re.compile(r'((?<=[\'"\s/])b)').match('<a b="c">',3),re.compile(r'((?<=[\'"\s/])[^\s/>])').match('<a b="c">',3),re.compile(r'(?<=[\'"\s/])b').match('<a b="c">',3),re.compile(r'(?<=["\s])b').match('<a b="c">',3),re.compile(r'(?<=[\'"\s/])[^\s/>][^\s/=>]*').match('<a b="c">',3))
from html.parser import HTMLParser
class P(HTMLParser):
    def handle_starttag(self, t, a): print("start", t, a)
    def handle_endtag(self, t): print("end", t)
    def handle_data(self, d): print("data", repr(d))
    def handle_comment(self, d): print("comment", d)
p=P(); p.feed('<a b="c" d=\'e\' f=g h>text<br/>&amp;<!-- c --></a><script>if (a<b) {}</script><p x="&lt;">'); p.close()
import re
from html.parser import attrfind_tolerant, locatestarttagend_tolerant, tagfind_tolerant
print(attrfind_tolerant.match(' b="c"',0))
print(locatestarttagend_tolerant.pattern[:100], locatestarttagend_tolerant.match('<a b="c">'))
