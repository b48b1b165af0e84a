namespace Iop.Agreements.Domain;

// Names and numbers are those of the contract, so that the two sides are mapped by number.
public enum AmendmentKind
{
    Unspecified,
    Amendment,
    Extension,
}

public enum ProposalKind
{
    Unspecified,
    Suspend,
    Resume,
    Terminate,
}

public enum ProposalOutcome
{
    Open,
    Agreed,
    Declined,
    Lapsed,
}

public enum EndingKind
{
    Unspecified,
    Notice,
    Mutual,
    Rescission,
}

public enum HardshipEvent
{
    Unspecified,
    Crisis,
    LawOrDecision,
    Funding,
    Premises,
    People,
    Need,
    Other,
}

public enum Verdict
{
    Unspecified,
    Solved,
    Partly,
    NotSolved,
    TooEarly,
}

public enum WindDownKind
{
    Unspecified,
    LastPayment,
    UnspentFunds,
    Equipment,
    Informing,
}

public enum RetentionBasis
{
    Unspecified,
    NotInForce,
    PlannedEnd,
    EarlierEnd,
    TrueEnd,
    NoRule,
}

public enum ValidityReason
{
    Unspecified,
    NotSigned,
    NotBegun,
    InForce,
    Suspended,
    Ending,
    EndPassed,
    Ended,
}
