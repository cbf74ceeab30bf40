# Exceptions: fields, messages, state, groups, tracebacks.
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
import errno
for n in ('BaseException','Exception','StopIteration','SystemExit','OSError','SyntaxError','UnicodeDecodeError','UnicodeEncodeError','UnicodeTranslateError','ImportError','AttributeError','NameError','KeyError','BaseExceptionGroup','ExceptionGroup','BlockingIOError','MemoryError','TypeError','UnicodeError','IndentationError'):
    o=getattr(__builtins__,n); print(n, list(o.__dict__))
def se(*a):
    e=SyntaxError(*a); return str(e), e.msg,e.filename,e.lineno,e.offset,e.text,e.end_lineno,e.end_offset,e.args,e.print_file_and_line
def oe(*a,c=OSError,**k):
    e=c(*a,**k); return type(e).__name__,str(e),repr(e),e.errno,e.strerror,e.filename,e.filename2,e.args,e.__reduce__()
def setc(): 
    e=Exception(); e.__cause__=1
def setctx(): 
    e=Exception(); e.__context__=1
def settb(): 
    e=Exception(); e.__traceback__=1
def deltb(): 
    e=Exception(); del e.__traceback__
def delargs():
    e=Exception(); del e.args
def notes():
    e=Exception(); e.add_note('x'); e.add_note('y'); return e.__notes__, e.__dict__
def note1():
    e=Exception(); e.add_note(1)
def note2():
    e=Exception(); e.__notes__=1; e.add_note('x')
def red(*a):
    e=Exception(*a); e.x=1; return e.__reduce__()
def ss(v):
    e=Exception(); e.__setstate__(v); return e.__dict__
class OE(OSError):
    def __init__(self,*a): super().__init__(*a)
class OE2(OSError):
    def __new__(cls,*a): return super().__new__(cls,*a)
class OE3(OSError):
    def __init__(self,*a): pass
for f in [lambda:se(),lambda:se('m'),lambda:se('m',('f.py',3,4,'text')),lambda:se('m',('d/f.py',3,4,'text',5,6)),lambda:se('m',('f',1)),lambda:se('m',(None,3,4,'text')),lambda:se('m',('f.py',3,4,'text',5)),lambda:se(1,2),
 lambda:oe(),lambda:oe('x'),lambda:oe(2,'No'),lambda:oe(2,'No','file'),lambda:oe(2,'No','f',None,'g'),lambda:oe(1,2,3,4,5,6),lambda:oe(13,'x'),lambda:oe(11,'x',5,c=BlockingIOError),lambda:BlockingIOError(11,'x',5).characters_written,lambda:BlockingIOError(11,'x').characters_written,lambda:oe(2,'x',c=OE),lambda:oe(2,'x',c=OE2),lambda:oe(2,'x',c=OE3),lambda:OSError(x=1),lambda:oe('a','b'),
 lambda:UnicodeDecodeError(),lambda:UnicodeDecodeError('utf8',b'ab\xff',2,3,'bad'),lambda:str(UnicodeDecodeError('utf8',b'ab\xff',2,3,'bad')),lambda:str(UnicodeDecodeError('utf8',b'ab\xff',1,3,'bad')),lambda:str(UnicodeEncodeError('ascii','a\xe9',1,2,'bad')),lambda:str(UnicodeEncodeError('ascii','a\u20ac\U00010000',1,2,'bad')),lambda:str(UnicodeEncodeError('ascii','a\u20ac\U00010000',2,3,'bad')),lambda:str(UnicodeEncodeError('ascii','a\u20ac\U00010000',1,3,'bad')),lambda:str(UnicodeTranslateError('a\u20ac',1,2,'bad')),lambda:str(UnicodeTranslateError('a\u20ac',0,2,'bad')),lambda:UnicodeDecodeError('a','b',1,2,'c'),lambda:UnicodeEncodeError('a',b'b',1,2,'c'),lambda:UnicodeEncodeError('a','b',1,2),lambda:UnicodeTranslateError('b',1,2),lambda:UnicodeDecodeError('utf8',bytearray(b'x'),0,1,'r').object,lambda:UnicodeDecodeError('utf8',b'x',-5,100,'r').start,lambda:UnicodeDecodeError('utf8',b'x',-5,100,'r').end,
 lambda:ImportError('x',name='a',path='b').__reduce__(),lambda:repr(ImportError('x',name='a')),lambda:ImportError(y=1),lambda:ImportError('x').msg,lambda:ImportError('x','y').msg,lambda:str(ImportError('x','y')),lambda:str(ImportError()),
 lambda:AttributeError('x',name='n',obj=3).__reduce__(),lambda:AttributeError('x').__reduce__(),lambda:AttributeError(q=1),lambda:AttributeError('x',name='n',obj=3).__getstate__(),lambda:NameError('x',name='n').name,lambda:NameError('x',name='n').__reduce__(),
 lambda:str(KeyError('a')),lambda:str(KeyError()),lambda:str(KeyError(1,2)),lambda:StopIteration(1,2).value,lambda:StopIteration().value,lambda:SystemExit(1,2).code,lambda:SystemExit().code,lambda:SystemExit(3).code,
 lambda:Exception(x=1),lambda:repr(Exception(1)),lambda:repr(Exception(1,'a')),lambda:str(Exception()),lambda:str(Exception(1)),lambda:str(Exception(1,2)),setc,setctx,settb,deltb,delargs,notes,note1,note2,lambda:red(1,2),lambda:ss({'a':1}),lambda:ss(None),lambda:ss(1),
 lambda:ExceptionGroup(),lambda:ExceptionGroup('m',[]),lambda:ExceptionGroup('m',[1]),lambda:ExceptionGroup(1,[ValueError()]),lambda:ExceptionGroup('m',1),lambda:ExceptionGroup('m',[KeyboardInterrupt()]),lambda:BaseExceptionGroup('m',[ValueError()]),lambda:BaseExceptionGroup('m',[KeyboardInterrupt()]),lambda:str(ExceptionGroup('m',[ValueError()])),lambda:str(ExceptionGroup('m',[ValueError(),TypeError()])),lambda:ExceptionGroup('m',[ValueError(1)]).exceptions,lambda:ExceptionGroup('m',[ValueError(1)]).message,lambda:ExceptionGroup('m',[ValueError(1),ExceptionGroup('n',[TypeError(2)])]).split(ValueError),lambda:ExceptionGroup('m',[ValueError(1),ExceptionGroup('n',[TypeError(2)])]).subgroup(lambda e:isinstance(e,TypeError)),lambda:ExceptionGroup('m',[ValueError(1)]).split(1),lambda:ExceptionGroup('m',[ValueError(1)]).split(TypeError),lambda:ExceptionGroup('m',[ValueError(1)]).derive([TypeError()]),lambda:ExceptionGroup('m',[ValueError(1)]).args,lambda:ExceptionGroup('m',(ValueError(1),)).args,lambda:type('EG',(ExceptionGroup,),{})('m',[KeyboardInterrupt()]),lambda:type('EG',(BaseExceptionGroup,ValueError),{})('m',[KeyboardInterrupt()]),lambda:ExceptionGroup[int],
 lambda:MemoryError().args,lambda:Exception.__new__(Exception,1,2).args,lambda:Exception().with_traceback(1),lambda:OSError.__new__(OSError).errno,lambda:StopIteration.__new__(StopIteration).value,lambda:SyntaxError().__reduce__(),lambda:UnicodeError(1,2,3),lambda:NameError(x=1),lambda:StopIteration(x=1),lambda:OSError(2,'x').characters_written]:
    t(f)
import types
for a in [(1,2,3,4),(None,None,1,2),(1,),()]: t(lambda:types.TracebackType(*a))
try: 1/0
except Exception as e: tb=e.__traceback__; print(dir(tb))
def loop(): tb.tb_next=tb
t(loop)
def bad(): tb.tb_next=1
t(bad)
def bad(): del tb.tb_next
t(bad)
