/**
 * The key by which clients are counted: an IPv4 address, or the /64 network of an IPv6 address, because one machine may use
 * every address of such a network (RFC 6177, 8981).
 *
 * @param address a socket's remote address, as Node gives it
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!address.includes(":")) return address;
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}
