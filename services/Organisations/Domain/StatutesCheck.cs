using Iop.Platform.Errors;

namespace Iop.Organisations.Domain;

/// <summary>What a check of statutes showed of limits to profit and its distribution.</summary>
public enum StatutesCheckResult
{
    Passed = 1,
    Failed = 2,
}

/// <summary>What a clause is about. Source: law.md 2.5.</summary>
public enum StatutesClauseKind
{
    Purpose = 1,
    Dissolution = 2,
    Control = 3,
    ValueTransfers = 4,
}

/// <summary>Whether a clause is there.</summary>
public enum StatutesClauseFinding
{
    Stated = 1,
    NotStated = 2,
    NotRequired = 3,
}

/// <summary>What the statutes say of one thing, and where.</summary>
public sealed record StatutesClause(StatutesClauseKind Kind, StatutesClauseFinding Finding, string Provision);

/// <summary>A check of the statutes: of profit limits, and clause by clause of what the Act (2022:900) asks. Source: law.md 2.5.</summary>
public sealed record StatutesCheck(DateOnly CheckedOn, StatutesCheckResult Result, string Note)
{
    public IReadOnlyList<StatutesClause> Clauses { get; init; } = [];

    /// <summary>Holds the clauses to the form of the organisation: a foundation alone needs none on its dissolution.</summary>
    /// <exception cref="Refusal"><c>STATUTES_CLAUSE_REQUIRED</c> for the clause.</exception>
    public void MustFit(LegalForm form)
    {
        for (var i = 0; i < Clauses.Count; i++)
        {
            var isFree = Clauses[i].Kind == StatutesClauseKind.Dissolution && form == LegalForm.Foundation;
            if (Clauses[i].Finding == StatutesClauseFinding.NotRequired && !isFree)
            {
                throw Refusal.Input(new FieldFault($"statutes_check.clauses[{i}].finding", "STATUTES_CLAUSE_REQUIRED"));
            }
        }
    }
}
