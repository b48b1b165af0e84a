using Grpc.Core;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PreCheck = Iop.Organisations.Domain.PreCheck;
using PreCheckResult = Iop.Organisations.Domain.PreCheckResult;
using RiskLevel = Iop.Organisations.Domain.RiskLevel;

namespace Iop.Organisations.Api;

/// <summary>What was looked into beforehand. Nothing is decided by it. Source: law.md 2.11.</summary>
public sealed partial class VettingApi
{
    private const int MaxItems = 50;
    private const int NoteLength = 1000;

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.PreCheck> RecordPreCheck(RecordPreCheckRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var key = await door.KeyOfAsync(request.Parent, "parent", cancellation);
        var faults = new Faults();
        var results = ReadResults(request, faults);
        var risk = ReadRisk(request, faults);
        faults.Require(results.Count > 0 || risk is not null, "items", "FIELD_REQUIRED");
        faults.ThrowIfAny();
        await door.RequireOrganisationAsync(key, cancellation);

        var check = await db.PreChecks.FirstOrDefaultAsync(c => c.Organisation == key, cancellation);
        if (check is null)
        {
            RefuseEtag(request.Etag, OrganisationName.OfPreCheck(tenant.Required, key));
            db.Add(check = new PreCheck(tenant.Required, key));
        }
        else
        {
            check.MustMatch(request.Etag);
        }

        check.Record(results, risk);
        db.Record(check, () => PreCheckMapping.ToProto(check, check.Name));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { ConstraintName: OrganisationsDb.OnePreCheckForEach })
        {
            // Somebody else recorded the first at the same time; it is to be read before it is changed.
            throw Refusal.StaleEtag(check.Name);
        }

        return PreCheckMapping.ToProto(check, check.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<V1.PreCheck> GetPreCheck(GetPreCheckRequest request, ServerCallContext context)
    {
        var key = OrganisationName.RequiredPreCheckIn(request.Name, Caller.Municipality, "name");
        await door.RequireOpenAsync(key, context.CancellationToken);
        await door.RequireOrganisationAsync(key, context.CancellationToken);
        var check = await db.PreChecks.AsNoTracking().FirstOrDefaultAsync(c => c.Organisation == key, context.CancellationToken);
        return PreCheckMapping.ToProto(check, request.Name);
    }

    private List<PreCheckRecord> ReadResults(RecordPreCheckRequest request, Faults faults)
    {
        faults.Number("items", request.Items.Count, 0, MaxItems);
        var (today, read) = (time.Today(), new List<PreCheckRecord>());
        foreach (var item in request.Items)
        {
            var at = $"items[{read.Count}]";
            faults.Require(PreChecks.All.ContainsKey(item.Check), $"{at}.check", "PRE_CHECK_UNKNOWN");
            faults.Require(!read.Exists(other => other.Check == item.Check), $"{at}.check", "DUPLICATE_VALUE");
            var result = (PreCheckResult)faults.Choice($"{at}.result", item.Result);
            faults.Require(result != PreCheckResult.NotChecked, $"{at}.result", "ENUM_VALUE_REQUIRED");
            var note = faults.Text($"{at}.note", item.Note, NoteLength, required: result == PreCheckResult.Remark);
            read.Add(new PreCheckRecord(item.Check, result, OrganisationReading.NotInFuture($"{at}.check_date", item.CheckDate, today, faults) ?? today, note));
        }

        return read;
    }

    // A person sets the level, and says why: a level above the lowest is no small thing for an organisation.
    private Risk? ReadRisk(RecordPreCheckRequest request, Faults faults)
    {
        faults.Require(Enum.IsDefined(request.RiskLevel), "risk_level", "ENUM_VALUE_REQUIRED");
        var level = (RiskLevel)request.RiskLevel;
        var reasons = faults.Text("risk_reasons", request.RiskReasons, NoteLength);
        faults.Require(level is not (RiskLevel.Medium or RiskLevel.High) || reasons.Length > 0, "risk_reasons", "RISK_REASONS_REQUIRED");
        return request.RiskLevel == V1.RiskLevel.Unspecified ? null : new Risk(level, reasons, time.Today());
    }
}
