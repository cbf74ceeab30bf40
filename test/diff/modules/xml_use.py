import xml.etree.ElementTree as ET, io
doc='''<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE data [<!ENTITY me "M&#233; &amp; <i>x</i>"><!ATTLIST c k CDATA "def" n (a|b) #IMPLIED><!ELEMENT data (c*,d?)>]>
<!-- top -->
<data xmlns="urn:d" xmlns:p="urn:p">
  <c a="1 &lt; 2" b='q"q'>text &me; tail</c>
  <p:d p:x="y"/>
  <e><![CDATA[<raw> & stuff]]></e>&#65;&#x42;<?pi some data?>
</data>
'''
r=ET.fromstring(doc)
print(ET.tostring(r)); 
for e in r.iter(): print(e.tag, e.attrib, repr(e.text), repr(e.tail))
print(r.find("{urn:d}c").get("a"), [x.tag for x in r.findall(".//")])
for bad in ("<a><b></a>","<a>","","<a/><b/>","<a x=1/>","<a x='1' x='2'/>","<a>&nope;</a>","<a>\x01</a>","text","<a><b/>","<p:a/>","<a b='<'/>","<a>&#0;</a>","<a>]]></a>","<a><!-- -- --></a>","<1a/>","<a","<a>&amp</a>", "<?xml version='1.0'?><?xml version='1.0'?><a/>", "  <?xml version='1.0'?><a/>","</a>"):
    try: ET.fromstring(bad); print("OK?",bad)
    except ET.ParseError as e: print(repr(bad), e, e.code, e.position)
for ev,el in ET.iterparse(io.BytesIO(b"<r><a>1</a><b c='d'/></r>"),("start","end")): print(ev,el.tag,el.text)
p=ET.XMLPullParser(["start","end","comment","pi","start-ns","end-ns"])
for ch in '<a xmlns:q="u"><!--c--><?x y?><q:b>te': p.feed(ch)
p.feed("xt</q:b></a>"); print([(k,getattr(v,"tag",v) if not isinstance(v,(str,tuple)) else v) for k,v in p.read_events()] if 0 else [k for k,v in p.read_events()])
b=ET.TreeBuilder(); 
x=ET.Element("root"); s=ET.SubElement(x,"s",{"k":"<&>\""}); s.text="ü<"; ET.indent(x); print(ET.tostring(x,encoding="unicode"), ET.tostring(x,encoding="us-ascii"))
import xml.dom.minidom as md
d=md.parseString(doc.encode()); print(d.documentElement.tagName, [n.nodeName for n in d.documentElement.childNodes], d.doctype.name)
print(md.parseString("<a><b c='1'>t</b></a>").toprettyxml(indent=" "))
import xml.sax
class H(xml.sax.ContentHandler):
    def startElement(self,n,a): print("start",n,dict(a))
    def endElement(self,n): print("end",n)
    def characters(self,c): print("chars",repr(c))
xml.sax.parseString("<a x='1'>t<b/>\nu</a>", H())
try: xml.sax.parseString("<a>", H())
except xml.sax.SAXParseException as e: print(e)
import plistlib; pl=plistlib.dumps({"a":[1,2.5,True,b"x"],"d":"s"}); print(pl.decode(), plistlib.loads(pl))
import xmlrpc.client; print(xmlrpc.client.loads(xmlrpc.client.dumps((1,"x",[2.5,{"k":None}]),"meth",allow_none=True)))
from xml.parsers import expat
q=expat.ParserCreate(); out=[]
q.StartElementHandler=lambda n,a:(out.append(("s",n,a,q.CurrentLineNumber,q.CurrentColumnNumber))); q.CharacterDataHandler=lambda c:out.append(("c",c)); q.DefaultHandler=lambda d:out.append(("d",d)); q.Parse("<a>x\ny<b/>&amp;z<!--k--></a>",True); print(out, expat.ErrorString(3), expat.errors.XML_ERROR_SYNTAX)
import html; from html.parser import HTMLParser
