"""Lint: coded rules on what guidance, law and arithmetic say of a scheme before it is published.

The built-in rules, one family a file under ``rules``, come through the same hook as those of others.
"""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.plugins.spec import hookimpl

_RULES = f"{__name__}.rules"

# By family, a module each: code and class.
_HOMES: dict[str, dict[str, str]] = {
    "guidance_weights": {
        "TE101": "PriceWeightHigh",
        "TE102": "LowestPriceAward",
        "TE103": "NoSocialValue",
        "TE104": "SocialValueLight",
        "TE105": "NoLocalSpecialist",
        "TE106": "NoWeightForConsortia",
        "TE107": "NoNetworks",
        "TE108": "NoSurvivorVoice",
    },
    "guidance_terms": {
        "TE111": "ShortTimetable",
        "TE112": "TimetableUnstated",
        "TE113": "ShortTerm",
        "TE114": "PriceOfPartOfTheTerm",
        "TE115": "LocalityCap",
        "TE116": "GrantWithoutOtherIncome",
        "TE117": "WelshLanguage",
        "TE118": "FewLargeLots",
    },
    "guidance_checks": {
        "TE121": "NoSafeguardingCheck",
        "TE122": "NoWhistleblowingCheck",
        "TE123": "NoStandardsCheck",
    },
    "law_conditions": {
        "TE201": "IncomeOutOfProportion",
        "TE202": "IncomeNotPooled",
        "TE203": "AuditedAccounts",
        "TE204": "InsuranceBeforeAward",
        "TE205": "ConditionOnSize",
        "TE206": "ConditionOnPlaceOrYears",
    },
    "law_award": {
        "TE211": "NoLots",
        "TE212": "LocalOutsideLightTouch",
        "TE213": "PostcodeNotBenefit",
        "TE214": "StandingAsCriterion",
        "TE215": "RegimeUnstated",
        "TE216": "RepealedLaw",
        "TE217": "BelowThreshold",
    },
    "price_formula": {
        "TE301": "RelativePriceWithoutMinimum",
        "TE302": "PriceBetweenBids",
        "TE303": "PriceAroundTheMean",
        "TE307": "TriflingDiscount",
        "TE308": "BandAboveTheEstimate",
        "TE309": "PriceRewardsTheDearer",
    },
    "price_range": {
        "TE304": "SteepPriceLine",
        "TE305": "PriceBelowZero",
        "TE306": "LogRangeOutOfProportion",
        "TE350": "PriceWeighsOtherwise",
    },
    "award_rule": {
        "TE310": "QuotientWithoutMinimum",
        "TE311": "IndexHypersensitive",
        "TE312": "UtilityTurnsOnTheBest",
        "TE313": "GrantTakesThePot",
        "TE314": "GrantWithoutFloor",
        "TE317": "QualityMoneyOutOfProportion",
    },
    "rejection": {
        "TE320": "RejectionNotStated",
        "TE321": "RecomputedAfterRejection",
    },
    "rounding": {
        "TE322": "RoundedBeforeTheTotal",
        "TE323": "RoundedToATie",
        "TE424": "RoundingNotStated",
    },
    "ties": {
        "TE330": "NoTieBreak",
        "TE331": "TieBreakRepeats",
    },
    "minimums": {
        "TE340": "MinimumNeverMissed",
        "TE341": "MinimumCannotBeMet",
        "TE342": "MinimumIsPerfection",
    },
    "scale_steps": {
        "TE345": "ScaleEndsBelowFull",
        "TE346": "ScaleSquashed",
        "TE347": "MarksOfEqualWorth",
    },
    "weights": {
        "TE351": "TinyWeight",
        "TE355": "NothingOnLowPrices",
        "TE360": "SocialValueAgainstTheBest",
        "TE361": "QualityAgainstTheBest",
        "TE366": "FormulaCanFail",
    },
    "scale_words": {
        "TE401": "MarksUnexplained",
        "TE402": "DescriptorComparesBids",
        "TE403": "DescriptorVague",
        "TE404": "MarksWithoutScale",
        "TE405": "DescriptorRepeated",
        "TE406": "ScaleUnused",
    },
    "criteria_words": {
        "TE410": "QuestionUndescribed",
        "TE411": "TitlesOverlap",
        "TE412": "TitleIsAnId",
        "TE413": "FormulaUnexplained",
        "TE425": "TooManyQuestions",
    },
    "paperwork": {
        "TE420": "SourceUnstated",
        "TE421": "ConditionUnexplained",
        "TE422": "CurrencyUnstated",
        "TE423": "DivergenceUnstated",
    },
    "comments": {
        "TE490": "IgnoreWithoutReason",
        "TE491": "IgnoreOfUnknownRule",
        "TE492": "IgnoreOfNothing",
        "TE493": "CommentNotUnderstood",
    },
}


@hookimpl
def tender_eval_lint_rules() -> Mapping[str, str]:
    """Every built-in rule by its code; each is loaded when it is run."""
    return {code: f"{_RULES}.{home}:{name}" for home, names in _HOMES.items() for code, name in names.items()}
