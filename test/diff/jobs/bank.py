# A bank: accounts, transfers, interest with decimals, journals, context managers, exceptions, properties.
from abc import ABC, abstractmethod
from contextlib import contextmanager
from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum
from itertools import count


class Kind(Enum):
    DEPOSIT = "dep"
    WITHDRAW = "wd"
    TRANSFER = "tr"
    INTEREST = "int"


class BankError(Exception):
    pass


class InsufficientFunds(BankError):
    def __init__(self, account, amount):
        self.account, self.amount = account, amount
        super().__init__(f"account {account.number}: balance {account.balance}, needed {amount}")


class Frozen(BankError):
    pass


CENT = Decimal("0.01")


def money(value):
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_EVEN)


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.name)

    def __set__(self, obj, value):
        value = money(value)
        if value < 0:
            raise ValueError(f"{self.name[1:]} must not be negative: {value}")
        setattr(obj, self.name, value)


class Account(ABC):
    numbers = count(1001)
    overdraft = Positive()

    def __init__(self, owner, opening=0):
        self.number, self.owner = next(Account.numbers), owner
        self._balance, self.overdraft, self.frozen, self.journal = money(opening), 0, False, []

    @property
    def balance(self):
        return self._balance

    @abstractmethod
    def month_end(self):
        ...

    def _post(self, kind, amount, note=""):
        if self.frozen:
            raise Frozen(f"account {self.number} is frozen")
        if self._balance + amount < -self.overdraft:
            raise InsufficientFunds(self, -amount)
        self._balance += amount
        self.journal.append((kind, amount, note))

    def deposit(self, amount):
        self._post(Kind.DEPOSIT, money(amount))

    def withdraw(self, amount):
        self._post(Kind.WITHDRAW, -money(amount))

    def __repr__(self):
        return f"{type(self).__name__}({self.number}, {self.owner}, {self.balance})"

    def __lt__(self, other):
        return self.balance < other.balance


class Savings(Account):
    rate = Decimal("0.024")

    def month_end(self):
        interest = (self.balance * self.rate / 12).quantize(CENT, ROUND_HALF_EVEN)
        if interest:
            self._post(Kind.INTEREST, interest, f"{self.rate:.2%}")
        return interest


class Checking(Account):
    fee = money(1.5)

    def __init__(self, owner, opening=0, overdraft=100):
        super().__init__(owner, opening)
        self.overdraft = overdraft

    def month_end(self):
        if self.balance < 500:
            self._post(Kind.WITHDRAW, -self.fee, "fee")
            return -self.fee
        return money(0)


class Bank:
    def __init__(self):
        self.accounts = {}

    def open(self, kind, *args, **kw):
        account = kind(*args, **kw)
        self.accounts[account.number] = account
        return account

    @contextmanager
    def atomic(self, *accounts):
        saved = [(a, a._balance, len(a.journal)) for a in accounts]
        try:
            yield
        except BankError:
            for a, balance, n in saved:
                a._balance = balance
                del a.journal[n:]
            raise

    def transfer(self, source, target, amount):
        amount = money(amount)
        with self.atomic(source, target):
            target._post(Kind.TRANSFER, amount, f"from {source.number}")
            source._post(Kind.TRANSFER, -amount, f"to {target.number}")

    def month_end(self):
        return {a.number: a.month_end() for a in self.accounts.values() if not a.frozen}

    def total(self):
        return sum((a.balance for a in self.accounts.values()), money(0))


bank = Bank()
ann = bank.open(Savings, "Ann", 1000)
bob = bank.open(Checking, "Bob", 250.50)
cat = bank.open(Checking, "Cat", overdraft=0)
ann.deposit("99.999")
bob.withdraw(300)
print(ann, bob, cat, bank.total())
for action in (lambda: bob.withdraw(100), lambda: bank.transfer(cat, ann, 1), lambda: setattr(bob, "overdraft", -5), lambda: Account("x"), lambda: setattr(ann, "balance", 5), lambda: bank.transfer(ann, bob, "abc")):
    try:
        action()
    except Exception as e:
        print(type(e).__name__, e, "| context:", type(e.__context__).__name__)
bank.transfer(ann, cat, 600)
print(bank.month_end(), bank.total())
cat.frozen = True
try:
    bank.transfer(ann, cat, 10)
except Frozen as e:
    print(e, ann.balance, len(ann.journal))
for account in sorted(bank.accounts.values()):
    print(account)
    for kind, amount, note in account.journal:
        print(f"   {kind.name:<9}{amount:>10}  {note}")
print(bank.month_end(), sorted(bank.accounts), max(bank.accounts.values()).owner)
growth = Savings("Growth", 10000)
for _ in range(12):
    growth.month_end()
print(growth.balance, sum(a for k, a, _ in growth.journal if k is Kind.INTEREST), Kind("tr"), Kind.INTEREST.value)
