using Iop.Organisations.Domain;
using Iop.Platform.Requests;

namespace Iop.Organisations.Api;

/// <summary>Reads a check of statutes, and shows it.</summary>
internal static class StatutesReading
{
    private const string Field = "statutes_check";
    private const int ProvisionLength = 100;

    public static StatutesCheck Read(V1.StatutesCheck? check, DateOnly today, Faults faults)
    {
        faults.Require(check is not null, Field, "FIELD_REQUIRED");
        check ??= new V1.StatutesCheck { Result = V1.StatutesCheck.Types.Result.Passed, CheckDate = today.ToProto() };
        var day = OrganisationReading.NotInFuture($"{Field}.check_date", check.CheckDate, today, faults, required: true);
        var result = (StatutesCheckResult)faults.Choice($"{Field}.result", check.Result);
        var note = faults.Text($"{Field}.note", check.Note, OrganisationReading.ShortStatementLength);
        StatutesClause[] clauses = [.. check.Clauses.Select((clause, i) => Read(clause, $"{Field}.clauses[{i}]", faults))];
        for (var i = 0; i < clauses.Length; i++)
        {
            faults.Require(!clauses[..i].Any(before => before.Kind == clauses[i].Kind), $"{Field}.clauses[{i}].kind", "DUPLICATE_VALUE");
        }

        // Statutes that set no limit to value transfers limit no profit either.
        var isOpen = clauses.Any(clause => clause is { Kind: StatutesClauseKind.ValueTransfers, Finding: StatutesClauseFinding.NotStated });
        faults.Require(!isOpen || result != StatutesCheckResult.Passed, $"{Field}.result", "STATUTES_RESULT_CONTRADICTED");
        return new StatutesCheck(day ?? today, result, note) { Clauses = clauses };
    }

    public static V1.StatutesCheck ToProto(this StatutesCheck check) => new()
    {
        CheckDate = check.CheckedOn.ToProto(),
        Result = (V1.StatutesCheck.Types.Result)check.Result,
        Note = check.Note,
        Clauses =
        {
            check.Clauses.Select(clause => new V1.StatutesClause
            {
                Kind = (V1.StatutesClause.Types.Kind)clause.Kind,
                Finding = (V1.StatutesClause.Types.Finding)clause.Finding,
                Provision = clause.Provision,
            }),
        },
    };

    private static StatutesClause Read(V1.StatutesClause clause, string field, Faults faults)
    {
        var kind = (StatutesClauseKind)faults.Choice($"{field}.kind", clause.Kind);
        var finding = (StatutesClauseFinding)faults.Choice($"{field}.finding", clause.Finding);
        return new StatutesClause(kind, finding, faults.Text($"{field}.provision", clause.Provision, ProvisionLength, required: finding == StatutesClauseFinding.Stated));
    }
}
