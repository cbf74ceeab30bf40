# An inventory: items, stock movements, reports, errors, undo.
from collections import defaultdict
from dataclasses import dataclass, field
from functools import total_ordering


class InventoryError(Exception):
    """Something asked of the inventory cannot be done."""


class UnknownItem(InventoryError, KeyError):
    def __init__(self, sku):
        super().__init__(sku)
        self.sku = sku

    def __str__(self):
        return f"unknown item {self.sku!r}"


class OutOfStock(InventoryError):
    def __init__(self, item, wanted):
        super().__init__(item.sku, wanted)
        self.item, self.wanted = item, wanted

    def __str__(self):
        return f"{self.item.name}: wanted {self.wanted}, have {self.item.quantity}"


@total_ordering
@dataclass(eq=False)
class Item:
    sku: str
    name: str
    price: float
    quantity: int = 0
    tags: set = field(default_factory=set)

    @property
    def value(self):
        return self.price * self.quantity

    def __eq__(self, other):
        return isinstance(other, Item) and self.sku == other.sku

    def __lt__(self, other):
        return (self.name, self.sku) < (other.name, other.sku)

    def __hash__(self):
        return hash(self.sku)


class Movement:
    __slots__ = ("item", "amount", "before")
    counter = 0

    def __init__(self, item, amount):
        Movement.counter += 1
        self.item, self.amount, self.before = item, amount, item.quantity

    def apply(self):
        if self.before + self.amount < 0:
            raise OutOfStock(self.item, -self.amount)
        self.item.quantity += self.amount

    def undo(self):
        self.item.quantity = self.before

    def __repr__(self):
        return f"<{self.item.sku} {self.amount:+d}>"


class Inventory:
    def __init__(self):
        self._items = {}
        self._history = []
        self._listeners = []

    def add(self, sku, name, price, *, quantity=0, tags=()):
        if sku in self._items:
            raise InventoryError(f"duplicate {sku}")
        item = self._items[sku] = Item(sku, name, price, quantity, set(tags))
        return item

    def __getitem__(self, sku):
        try:
            return self._items[sku]
        except KeyError:
            raise UnknownItem(sku) from None

    def __iter__(self):
        yield from sorted(self._items.values())

    def __len__(self):
        return len(self._items)

    def __contains__(self, sku):
        return sku in self._items

    def on_change(self, listener):
        self._listeners.append(listener)
        return listener

    def move(self, sku, amount):
        movement = Movement(self[sku], amount)
        movement.apply()
        self._history.append(movement)
        for listener in self._listeners:
            listener(movement)

    def undo(self, steps=1):
        for _ in range(min(steps, len(self._history))):
            self._history.pop().undo()

    class _Transaction:
        def __init__(self, owner):
            self.owner = owner

        def __enter__(self):
            self.mark = len(self.owner._history)
            return self.owner

        def __exit__(self, kind, value, tb):
            if kind is not None:
                self.owner.undo(len(self.owner._history) - self.mark)
                print(f"rolled back: {value}")
            return kind is not None and issubclass(kind, InventoryError)

    def transaction(self):
        return self._Transaction(self)

    def by_tag(self):
        groups = defaultdict(list)
        for item in self:
            for tag in sorted(item.tags):
                groups[tag].append(item.name)
        return dict(groups)

    def report(self):
        lines = [f"{'item':<12}{'qty':>5}{'price':>10}{'value':>12}"]
        lines += [f"{i.name:<12}{i.quantity:>5}{i.price:>10.2f}{i.value:>12,.2f}" for i in self]
        lines.append(f"{'total':<12}{sum(i.quantity for i in self):>5}{'':>10}{sum(i.value for i in self):>12,.2f}")
        return "\n".join(lines)


stock = Inventory()
stock.add("b1", "bolt", 0.25, quantity=1000, tags=["metal", "small"])
stock.add("w1", "washer", 0.1, quantity=500, tags={"metal"})
stock.add("g1", "glue", 4.99, tags=["wet"])
stock.add("s1", "saw", 25, quantity=3)
low = []


@stock.on_change
def watch(movement):
    if movement.item.quantity < 5:
        low.append((movement.item.name, movement.item.quantity))


stock.move("b1", -200)
stock.move("g1", 12)
stock.move("s1", -1)
print(stock.report())
for sku, amount in [("s1", -5), ("zz", 1), ("g1", -8)]:
    try:
        stock.move(sku, amount)
        print("moved", sku, amount)
    except InventoryError as error:
        print(type(error).__name__, error, error.args)
with stock.transaction() as t:
    t.move("b1", -100)
    t.move("w1", -100)
    t.move("s1", -100)
with stock.transaction():
    stock.move("w1", -1)
try:
    with stock.transaction():
        stock.move("w1", -1)
        raise ValueError("not ours")
except ValueError as error:
    print("through:", error)
print(low, Movement.counter, stock._history, len(stock), "b1" in stock)
print(stock.by_tag(), max(stock, key=lambda i: i.value).name, [i.sku for i in stock], stock["b1"] < stock["w1"], {stock["b1"]: "x"}[Item("b1", "other", 1)])
stock.undo(2)
print(stock.report())
try:
    stock.add("b1", "again", 1)
except InventoryError as error:
    print(error)
