/** The modules of digests. Part of the modules. */
export {
  initModule__blake2,
  initModule__md5,
  initModule__sha1,
  initModule__sha2,
  initModule__sha3,
} from "./_digests.ts";
export { initModule__hashlib } from "./_hashlib.ts";
