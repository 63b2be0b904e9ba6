import { escapeXml } from "../../formats/votable/votable-writer";
import { MAX_RADIUS_DEG } from "../../science/sky/sky-region";
import { MAXREC } from "./cone-parameters";

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SCHEMAS = [
  'xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0"',
  'xmlns:vr="http://www.ivoa.net/xml/VOResource/v1.0"',
  'xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1"',
  'xmlns:cs="http://www.ivoa.net/xml/ConeSearch/v1.0"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
].join(" ");

/** @returns the document that says whether the service works (IVOA VOSI 1.1, 4) @param note the reason, for people */
export function availabilityXml(available: boolean, note: string): string {
  return `${XML}<vosi:availability xmlns:vosi="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
  <vosi:available>${available}</vosi:available>
  <vosi:note>${note}</vosi:note>
</vosi:availability>
`;
}

const vosiCapability = (name: string, url: string) => `  <capability standardID="ivo://ivoa.net/std/VOSI#${name}">
    <interface xsi:type="vs:ParamHTTP" role="std"><accessURL use="full">${url}/vo/${name}</accessURL></interface>
  </capability>
`;

/**
 * The services and their addresses (IVOA VOSI 1.1, 3; ConeSearch registry extension 1.0).
 *
 * @param origin scheme, host and port that the client used
 */
export function capabilitiesXml(origin: string): string {
  const url = escapeXml(origin);
  return `${XML}<vosi:capabilities ${SCHEMAS}>
${vosiCapability("capabilities", url)}${vosiCapability("availability", url)}  <capability standardID="ivo://ivoa.net/std/ConeSearch" xsi:type="cs:ConeSearch">
    <interface xsi:type="vs:ParamHTTP" role="std">
      <accessURL use="base">${url}/vo/scs?</accessURL>
      <queryType>GET</queryType>
      <resultType>text/xml;content=x-votable</resultType>
    </interface>
    <maxSR>${MAX_RADIUS_DEG}</maxSR>
    <maxRecords>${MAXREC.most}</maxRecords>
    <verbosity>true</verbosity>
    <testQuery><ra>180</ra><dec>0</dec><sr>1</sr></testQuery>
  </capability>
</vosi:capabilities>
`;
}
