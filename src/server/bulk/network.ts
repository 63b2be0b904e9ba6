/**
 * Whom a client's address belongs to: itself, or for IPv6 the /64 network, whose addresses one machine may have all of
 * (RFC 6177, 8981).
 *
 * @param address as Node tells it of a socket
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!address.includes(":")) return address;
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}
