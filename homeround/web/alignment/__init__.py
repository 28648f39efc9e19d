"""Pages of cover: a PCN's own, and an area's homes without a PCN, a lead or a round."""
