/**
 * OrderedDict's structure: a dict and, beside it, a doubly linked list of nodes that holds the order. Part of the object layer
 * (CPython's Objects/odictobject.c); the type is in odicttype.ts.
 *
 *   byte   0      48         56        64              72                   80                   88         96          104
 *   odict  | dict | od_first | od_last | od_fast_nodes | od_fast_nodes_size | od_resize_sentinel | od_state | inst_dict | weak refs |
 *   byte   0     8      16     24     32
 *   node   | key | hash | next | prev |          each a block of the mem domain
 *
 * od_fast_nodes is parallel to the entries of the dict's table: the node of entry i. It is made anew when the table is another one
 * (od_resize_sentinel is the table it was made for). Both the dict and the node own a reference to the key.
 */
import { PyMem_Calloc, PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { PyObject_Hash } from "./compare.ts";
import { _PyDict_SetItem_KnownHash, PyDict_Clear } from "./dict.ts";
import { _Py_dict_lookup, delitem_common, keyError, valueSlot } from "./dictcore.ts";
import { DK_SIZE, Ix } from "./dictkeys.ts";
import { dict_new } from "./dicttype.ts";
import { noMemory } from "./errors.ts";
import { Dict, Keys, Ob } from "./layout.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

export const enum ODict {
  first = 12,
  last = 14,
  fast_nodes = 16,
  fast_nodes_size = 18,
  resize_sentinel = 20,
  /** Changes with every change of the order: iterators look at it. */
  state = 22,
  inst_dict = 24,
  weakreflist = 26,
  BYTES = 112,
}

export const enum Node {
  key = 0,
  hash = 2,
  hashHi = 3,
  next = 4,
  prev = 6,
  BYTES = 32,
}

/** Word address of a node; 0: none. */
export type NodePtr = number;

export function PyODict_Check(rt: Runtime, o: Ref): boolean {
  const type = rt.i32[o + Ob.type];
  return type === rt.types.OrderedDict || PyType_IsSubtype(rt, type, rt.types.OrderedDict);
}

export function PyODict_CheckExact(rt: Runtime, o: Ref): boolean {
  return rt.i32[o + Ob.type] === rt.types.OrderedDict;
}

export function PyODict_New(rt: Runtime): NewRef {
  return dict_new(rt, rt.types.OrderedDict);
}

function _odict_add_tail(rt: Runtime, od: Ref, node: NodePtr): void {
  const i32 = rt.i32;
  const last = i32[od + ODict.last];
  i32[node + Node.prev] = last;
  i32[node + Node.next] = 0;
  if (last === 0) i32[od + ODict.first] = node;
  else i32[last + Node.next] = node;
  i32[od + ODict.last] = node;
  i32[od + ODict.state]++;
}

function _odict_add_head(rt: Runtime, od: Ref, node: NodePtr): void {
  const i32 = rt.i32;
  const first = i32[od + ODict.first];
  i32[node + Node.prev] = 0;
  i32[node + Node.next] = first;
  if (first === 0) i32[od + ODict.last] = node;
  else i32[first + Node.prev] = node;
  i32[od + ODict.first] = node;
  i32[od + ODict.state]++;
}

/** Takes a node out of the list; the node itself stays. */
function _odict_remove_node(rt: Runtime, od: Ref, node: NodePtr): void {
  const i32 = rt.i32;
  const next = i32[node + Node.next];
  const prev = i32[node + Node.prev];
  if (prev === 0) i32[od + ODict.first] = next;
  else i32[prev + Node.next] = next;
  if (next === 0) i32[od + ODict.last] = prev;
  else i32[next + Node.prev] = prev;
  i32[od + ODict.state]++;
}

/** The entry of a key in the dict's table, or where a new entry would go. */
function _odict_get_index_raw(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): number {
  const ix = _Py_dict_lookup(rt, od, key, lo, hi);
  return ix === Ix.EMPTY ? rt.i32[rt.i32[od + Dict.keys] + Keys.nentries] : ix;
}

/** Makes od_fast_nodes for the table that the dict has now. A comparison that changes the order starts it again. */
function _odict_resize(rt: Runtime, od: Ref): void {
  const i32 = rt.i32;
  for (;;) {
    const keys = i32[od + Dict.keys];
    const size = DK_SIZE(rt, keys);
    const fast = PyMem_Calloc(rt, size, 8);
    if (fast === 0) throw noMemory(rt);
    if (!fillFastNodes(rt, od, fast, size)) continue;
    if (i32[od + ODict.fast_nodes] !== 0) PyMem_Free(rt, i32[od + ODict.fast_nodes]);
    i32[od + ODict.fast_nodes] = fast;
    i32[od + ODict.fast_nodes_size] = size;
    i32[od + ODict.resize_sentinel] = keys;
    return;
  }
}

/** False when the dict changed meanwhile: the array is freed then, as it is where a comparison raises. */
function fillFastNodes(rt: Runtime, od: Ref, fast: number, size: number): boolean {
  const i32 = rt.i32;
  const keys = i32[od + Dict.keys];
  const state = i32[od + ODict.state];
  let done = false;
  try {
    for (let node = i32[od + ODict.first]; node !== 0; node = i32[node + Node.next]) {
      const lo = i32[node + Node.hash];
      const i = _odict_get_index_raw(rt, od, i32[node + Node.key], lo, i32[node + Node.hashHi]);
      if (i32[od + ODict.state] !== state || i32[od + Dict.keys] !== keys) return false;
      if (i < size) i32[fast + 2 * i] = node;
    }
    done = true;
    return true;
  } finally {
    if (!done) PyMem_Free(rt, fast);
  }
}

/** Word address of the place of a key's node in od_fast_nodes, which fits the table then. */
function fastSlot(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): number {
  const i32 = rt.i32;
  for (;;) {
    const keys = i32[od + Dict.keys];
    if (i32[od + ODict.resize_sentinel] !== keys || i32[od + ODict.fast_nodes_size] !== DK_SIZE(rt, keys)) {
      _odict_resize(rt, od);
    }
    const i = _odict_get_index_raw(rt, od, key, lo, hi);
    // Comparing may have changed the table.
    if (i32[od + Dict.keys] !== i32[od + ODict.resize_sentinel] || i >= i32[od + ODict.fast_nodes_size])
      continue;
    return i32[od + ODict.fast_nodes] + 2 * i;
  }
}

/** _odict_find_node_hash: the node of a key, or 0. */
export function _odict_find_node_hash(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): NodePtr {
  if (rt.i32[od + ODict.first] === 0) return 0;
  return rt.i32[fastSlot(rt, od, key, lo, hi)];
}

export function _odict_find_node(rt: Runtime, od: Ref, key: Ref): NodePtr {
  if (rt.i32[od + ODict.first] === 0) return 0;
  const lo = PyObject_Hash(rt, key);
  return rt.i32[fastSlot(rt, od, key, lo, rt.hashHi)];
}

/** A node at the end for a key that is in the dict, unless there is one. */
function _odict_add_new_node(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): void {
  const i32 = rt.i32;
  const slot = fastSlot(rt, od, key, lo, hi);
  if (i32[slot] !== 0) return;
  const node = PyMem_Malloc(rt, Node.BYTES);
  if (node === 0) throw noMemory(rt);
  i32[node + Node.key] = newref(rt, key);
  i32[node + Node.hash] = lo;
  i32[node + Node.hashHi] = hi;
  _odict_add_tail(rt, od, node);
  i32[slot] = node;
}

/** _odict_clear_node: takes out the node of a key and frees it; nothing happens for a key that has none. */
export function _odict_clear_node(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): void {
  const i32 = rt.i32;
  if (i32[od + ODict.first] === 0) return;
  const slot = fastSlot(rt, od, key, lo, hi);
  const node = i32[slot];
  if (node === 0) return;
  i32[slot] = 0;
  _odict_remove_node(rt, od, node);
  const held = i32[node + Node.key];
  PyMem_Free(rt, node);
  decref(rt, held);
}

/** _odict_clear_nodes: frees the whole list. */
export function _odict_clear_nodes(rt: Runtime, od: Ref): void {
  const i32 = rt.i32;
  if (i32[od + ODict.fast_nodes] !== 0) PyMem_Free(rt, i32[od + ODict.fast_nodes]);
  i32[od + ODict.fast_nodes] = 0;
  i32[od + ODict.fast_nodes_size] = 0;
  i32[od + ODict.resize_sentinel] = 0;
  let node = i32[od + ODict.first];
  i32[od + ODict.first] = 0;
  i32[od + ODict.last] = 0;
  i32[od + ODict.state]++;
  while (node !== 0) {
    const next = i32[node + Node.next];
    const key = i32[node + Node.key];
    PyMem_Free(rt, node);
    decref(rt, key);
    node = next;
  }
}

export function PyODict_SetItem(rt: Runtime, od: Ref, key: Ref, value: Ref): void {
  const lo = PyObject_Hash(rt, key);
  _PyODict_SetItem_KnownHash(rt, od, key, value, lo, rt.hashHi);
}

/** Where there is no memory for the node the dict does not keep the item either. */
export function _PyODict_SetItem_KnownHash(
  rt: Runtime,
  od: Ref,
  key: Ref,
  value: Ref,
  lo: number,
  hi: number,
): void {
  _PyDict_SetItem_KnownHash(rt, od, key, value, lo, hi);
  let done = false;
  try {
    _odict_add_new_node(rt, od, key, lo, hi);
    done = true;
  } finally {
    if (!done) revertSet(rt, od, key, lo, hi);
  }
}

function revertSet(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): void {
  const ix = _Py_dict_lookup(rt, od, key, lo, hi);
  if (ix !== Ix.EMPTY) delitem_common(rt, od, lo, hi, ix);
}

export function PyODict_DelItem(rt: Runtime, od: Ref, key: Ref): void {
  const lo = PyObject_Hash(rt, key);
  const hi = rt.hashHi;
  _odict_clear_node(rt, od, key, lo, hi);
  const ix = _Py_dict_lookup(rt, od, key, lo, hi);
  if (ix === Ix.EMPTY || rt.i32[valueSlot(rt, od, ix)] === 0) throw keyError(rt, key);
  delitem_common(rt, od, lo, hi, ix);
}

export function odict_clear_all(rt: Runtime, od: Ref): void {
  PyDict_Clear(rt, od);
  _odict_clear_nodes(rt, od);
}

/** Moves a key that is there to one end. KeyError if it is not. */
export function odict_move(rt: Runtime, od: Ref, key: Ref, last: boolean): void {
  const i32 = rt.i32;
  if (i32[od + ODict.first] === 0) throw keyError(rt, key);
  let node = i32[od + (last ? ODict.last : ODict.first)];
  if (key === i32[node + Node.key]) return;
  node = _odict_find_node(rt, od, key);
  if (node === 0) throw keyError(rt, key);
  if (node === i32[od + (last ? ODict.last : ODict.first)]) return;
  _odict_remove_node(rt, od, node);
  if (last) _odict_add_tail(rt, od, node);
  else _odict_add_head(rt, od, node);
}

/** The nodes' own references to the keys. */
export function visitNodeKeys(rt: Runtime, od: Ref, visit: (ref: Ref) => void): void {
  const i32 = rt.i32;
  for (let node = i32[od + ODict.first]; node !== 0; node = i32[node + Node.next])
    visit(i32[node + Node.key]);
}
