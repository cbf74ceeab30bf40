"""Futures and tasks of asyncio, in Python where CPython has them in C.

The objects have the sizes of CPython's. Calls of these functions leave no entries in tracebacks (see runtime/library.ts).
"""

import sys
import weakref
from types import GenericAlias, GeneratorType

import asyncio.exceptions as exceptions
from _contextvars import copy_context

_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'

# Bits of Task._bits; requests to cancel are counted above them.
_MUST_CANCEL = 1
_LOG_DESTROY = 2
_ONE_REQUEST = 4

_running_loop = None
_scheduled_tasks = weakref.WeakSet()
_eager_tasks = set()
_current_tasks = {}
_task_number = 0


def _get_running_loop():
    return _running_loop


def _set_running_loop(loop, /):
    global _running_loop
    _running_loop = loop


def get_running_loop():
    if _running_loop is None:
        raise RuntimeError('no running event loop')
    return _running_loop


def get_event_loop():
    if _running_loop is not None:
        return _running_loop
    import asyncio.events as events
    return events.get_event_loop_policy().get_event_loop()


def current_task(loop=None):
    if loop is None:
        loop = get_running_loop()
    return _current_tasks.get(loop)


def _register_task(task):
    _scheduled_tasks.add(task)


def _unregister_task(task):
    _scheduled_tasks.discard(task)


def _register_eager_task(task):
    _eager_tasks.add(task)


def _unregister_eager_task(task):
    _eager_tasks.discard(task)


def _enter_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not None:
        raise RuntimeError(f'Cannot enter into task {task!r} while another task {running!r} is being executed.')
    _current_tasks[loop] = task


def _leave_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not task:
        raise RuntimeError(f'Leaving task {task!r} does not match the current task {running!r}.')
    del _current_tasks[loop]


def _swap_current_task(loop, task):
    before = _current_tasks.get(loop)
    if task is None:
        _current_tasks.pop(loop, None)
    else:
        _current_tasks[loop] = task
    return before


def _extract_stack(frame):
    from asyncio import format_helpers
    return format_helpers.extract_stack(frame)


class Future:
    __slots__ = ('_loop', '_waiters', '_exception', '_exception_tb', '_result', '_source_traceback',
                 '_cancel_message', '_cancelled_exc', '_state', '_asyncio_future_blocking', '_unseen',
                 '__dict__', '__weakref__')

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, *, loop=None):
        self._begin(loop, 2)

    def _begin(self, loop, depth):
        self._loop = loop = get_event_loop() if loop is None else loop
        self._waiters = self._exception = self._exception_tb = self._result = None
        self._cancel_message = self._cancelled_exc = self._source_traceback = None
        self._state = _PENDING
        self._asyncio_future_blocking = self._unseen = False
        if loop.get_debug():
            self._source_traceback = _extract_stack(sys._getframe(depth))

    def __repr__(self):
        from asyncio import base_futures
        return base_futures._future_repr(self)

    def __del__(self):
        if getattr(self, '_unseen', False):
            self._unseen = False
            self._tell({
                'message': f'{type(self).__name__} exception was never retrieved',
                'exception': self._exception,
                'future': self,
            })

    def _tell(self, context):
        if self._source_traceback:
            context['source_traceback'] = self._source_traceback
        self._loop.call_exception_handler(context)

    @property
    def _log_traceback(self):
        return self._unseen

    @_log_traceback.setter
    def _log_traceback(self, value):
        if value:
            raise ValueError('_log_traceback can only be set to False')
        self._unseen = False

    @property
    def _callbacks(self):
        return self._waiters or None

    def get_loop(self):
        return self._loop

    def done(self):
        return self._state is not _PENDING

    def cancelled(self):
        return self._state is _CANCELLED

    def _make_cancelled_error(self):
        error = self._cancelled_exc
        if error is not None:
            self._cancelled_exc = None
            return error
        if self._cancel_message is None:
            return exceptions.CancelledError()
        return exceptions.CancelledError(self._cancel_message)

    def _end(self, state):
        self._state = state
        waiters = self._waiters
        if waiters:
            self._waiters = None
            call_soon = self._loop.call_soon
            for fn, context in waiters:
                call_soon(fn, self, context=context)

    def cancel(self, msg=None):
        return self._cancel(msg)

    def _cancel(self, msg):
        self._unseen = False
        if self._state is not _PENDING:
            return False
        self._cancel_message = msg
        self._end(_CANCELLED)
        return True

    def _failure(self):
        """What result() raises, or None."""
        if self._state is _CANCELLED:
            return self._make_cancelled_error()
        if self._state is _PENDING:
            return exceptions.InvalidStateError('Result is not set.')
        self._unseen = False
        error = self._exception
        if error is not None:
            error.__traceback__ = self._exception_tb
            self._exception_tb = None
        return error

    def result(self):
        error = self._failure()
        if error is not None:
            try:
                raise error
            finally:
                del error
        return self._result

    def exception(self):
        if self._state is _CANCELLED:
            raise self._make_cancelled_error()
        if self._state is _PENDING:
            raise exceptions.InvalidStateError('Exception is not set.')
        self._unseen = False
        return self._exception

    def add_done_callback(self, fn, /, *, context=None):
        if context is None:
            context = copy_context()
        if self._state is not _PENDING:
            self._loop.call_soon(fn, self, context=context)
        elif self._waiters is None:
            self._waiters = [(fn, context)]
        else:
            self._waiters.append((fn, context))

    def remove_done_callback(self, fn, /):
        waiters = self._waiters
        if not waiters:
            return 0
        kept = [waiter for waiter in waiters if waiter[0] != fn]
        self._waiters = kept or None
        return len(waiters) - len(kept)

    def set_result(self, result, /):
        self._set_result(result)

    def _set_result(self, result):
        if self._state is not _PENDING:
            raise exceptions.InvalidStateError('invalid state')
        self._result = result
        self._end(_FINISHED)

    def set_exception(self, exception, /):
        self._set_exception(exception)

    def _set_exception(self, exception):
        if self._state is not _PENDING:
            raise exceptions.InvalidStateError('invalid state')
        if isinstance(exception, type) and issubclass(exception, BaseException):
            exception = exception()
        if not isinstance(exception, BaseException):
            raise TypeError('invalid exception object')
        if isinstance(exception, StopIteration):
            stop = exception
            exception = RuntimeError('StopIteration interacts badly with generators and cannot be raised into a Future')
            exception.__cause__ = exception.__context__ = stop
        self._exception = exception
        self._exception_tb = exception.__traceback__
        self._end(_FINISHED)
        self._unseen = True

    def __await__(self):
        if self._state is _PENDING:
            self._asyncio_future_blocking = True
            yield self
            if self._state is _PENDING:
                raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


class Task(Future):
    __slots__ = ('_fut_waiter', '_coro', '_name', '_context', '_bits')

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        self._begin(loop, 2)
        self._fut_waiter = self._coro = self._name = self._context = None
        self._bits = 0
        from asyncio import coroutines
        if not coroutines.iscoroutine(coro):
            raise TypeError(f'a coroutine was expected, got {coro!r}')
        self._bits = _LOG_DESTROY
        self._context = copy_context() if context is None else context
        if name is None:
            global _task_number
            _task_number += 1
            name = f'Task-{_task_number}'
        self._name = str(name)
        self._coro = coro
        if eager_start and self._loop.is_running():
            self._start_eagerly()
        else:
            self._loop.call_soon(self._step, context=self._context)
            _scheduled_tasks.add(self)

    def __repr__(self):
        from asyncio import base_tasks
        return base_tasks._task_repr(self)

    def __del__(self):
        if getattr(self, '_bits', 0) & _LOG_DESTROY and self._state is _PENDING:
            self._tell({'task': self, 'message': 'Task was destroyed but it is pending!'})
        Future.__del__(self)

    @property
    def _must_cancel(self):
        return self._bits & _MUST_CANCEL != 0

    @property
    def _log_destroy_pending(self):
        return self._bits & _LOG_DESTROY != 0

    @_log_destroy_pending.setter
    def _log_destroy_pending(self, value):
        self._bits = self._bits | _LOG_DESTROY if value else self._bits & ~_LOG_DESTROY

    def get_coro(self):
        return self._coro

    def get_context(self):
        return self._context

    def get_name(self):
        return self._name

    def set_name(self, value, /):
        self._name = str(value)

    def set_result(self, result, /):
        raise RuntimeError('Task does not support set_result operation')

    def set_exception(self, exception, /):
        raise RuntimeError('Task does not support set_exception operation')

    def get_stack(self, *, limit=None):
        from asyncio import base_tasks
        return base_tasks._task_get_stack(self, limit)

    def print_stack(self, *, limit=None, file=None):
        from asyncio import base_tasks
        base_tasks._task_print_stack(self, limit, file)

    def cancel(self, msg=None):
        self._unseen = False
        if self._state is not _PENDING:
            return False
        self._bits += _ONE_REQUEST
        waiter = self._fut_waiter
        if waiter is not None and waiter.cancel(msg=msg):
            return True
        self._bits |= _MUST_CANCEL
        self._cancel_message = msg
        return True

    def cancelling(self):
        return self._bits // _ONE_REQUEST

    def uncancel(self):
        if self._bits >= _ONE_REQUEST:
            self._bits -= _ONE_REQUEST
            if self._bits < _ONE_REQUEST:
                self._bits &= ~_MUST_CANCEL
        return self._bits // _ONE_REQUEST

    def _start_eagerly(self):
        before = _swap_current_task(self._loop, self)
        try:
            _eager_tasks.add(self)
            try:
                self._context.run(self._advance, None)
            finally:
                _eager_tasks.discard(self)
        finally:
            _swap_current_task(self._loop, before)
            if self._state is _PENDING:
                _scheduled_tasks.add(self)
            else:
                self._coro = None

    def _step(self, error=None):
        if self._state is not _PENDING:
            raise exceptions.InvalidStateError(f'__step(): already done: {self!r} {error!r}')
        if self._bits & _MUST_CANCEL:
            if not isinstance(error, exceptions.CancelledError):
                error = self._make_cancelled_error()
            self._bits &= ~_MUST_CANCEL
        self._fut_waiter = None
        loop = self._loop
        _enter_task(loop, self)
        try:
            self._advance(error)
        finally:
            _leave_task(loop, self)

    def _advance(self, error):
        """One step of the coroutine, which goes on with the exception, if there is one."""
        try:
            got = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as stop:
            if self._bits & _MUST_CANCEL:
                self._bits &= ~_MUST_CANCEL
                self._cancel(self._cancel_message)
            else:
                self._set_result(stop.value)
        except exceptions.CancelledError as cancelled:
            self._cancelled_exc = cancelled
            self._cancel(None)
        except (KeyboardInterrupt, SystemExit) as end:
            self._set_exception(end)
            raise
        except BaseException as failure:
            self._set_exception(failure)
        else:
            self._await(got)

    def _await(self, got):
        """Waits for what the coroutine has yielded."""
        blocking = getattr(got, '_asyncio_future_blocking', None)
        if blocking:
            wrong = self._misplaced(got)
            if wrong is None:
                got._asyncio_future_blocking = False
                got.add_done_callback(self.task_wakeup, context=self._context)
                self._fut_waiter = got
                if self._bits & _MUST_CANCEL and got.cancel(msg=self._cancel_message):
                    self._bits &= ~_MUST_CANCEL
                return
        elif got is None:
            self._loop.call_soon(self._step, context=self._context)
            return
        elif blocking is not None:
            wrong = self._misplaced(got) or f'yield was used instead of yield from in task {self!r} with {got!r}'
        elif type(got) is GeneratorType:
            wrong = f'yield was used instead of yield from for generator in task {self!r} with {got!r}'
        else:
            wrong = f'Task got bad yield: {got!r}'
        self._loop.call_soon(self._step, RuntimeError(wrong), context=self._context)

    def _misplaced(self, future):
        if future is self:
            return f'Task cannot await on itself: {self!r}'
        get_loop = getattr(future, 'get_loop', None)
        loop = future._loop if get_loop is None else get_loop()
        if loop is not self._loop:
            return f'Task {self!r} got Future {future!r} attached to a different loop'
        return None

    def task_wakeup(self, future):
        error = None
        if isinstance(future, Future):
            error = future._failure()
        else:
            try:
                future.result()
            except BaseException as failure:
                error = failure
        self._step(error)


Future.__module__ = Task.__module__ = '_asyncio'
