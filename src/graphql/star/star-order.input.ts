import { Field, InputType, registerEnumType } from "type-graphql";
import type { StarOrder } from "../../catalogue/page-order";

export enum StarOrderField {
  SOURCE_ID = "sourceId",
  PHOT_G_MEAN_MAG = "photGMeanMag",
  BP_RP = "bpRp",
  PARALLAX = "parallax",
}
registerEnumType(StarOrderField, { name: "StarOrderField", description: "What pages of stars may be ordered by." });

export enum OrderDirection {
  ASC = "ASC",
  DESC = "DESC",
}
registerEnumType(OrderDirection, { name: "OrderDirection" });

@InputType("StarOrder", { description: "Stars of equal value follow by sourceId; stars without a value come last either way." })
export class StarOrderInput implements StarOrder {
  @Field(() => StarOrderField, { defaultValue: StarOrderField.SOURCE_ID })
  readonly by!: StarOrder["by"];

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  readonly direction!: StarOrder["direction"];
}
