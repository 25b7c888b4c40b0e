"""Link: claims, denials and observations that tell of one incident, by place, time, act and parties first, words second."""

from trucewatch.stages.link.stage import STAGE, run

__all__ = ["STAGE", "run"]
