# A byte that is no UTF-8 in a program that declares no encoding.
print("café")
