using Google.Protobuf.Collections;
using Grpc.Core;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Comparison;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Memo;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Case = Iop.Eligibility.Domain.Cases.Case;
using GuidelinePack = Iop.Eligibility.Domain.Guidelines.GuidelinePack;

namespace Iop.Eligibility.Api;

/// <content>What can be learnt from a case: its memorandum, and how other guidelines would see it.</content>
public sealed partial class CasesApi
{
    private const string MemoSuffix = "/decisionMemo";
    private const int MaxComparedPacks = 20;
    private const int MaxMemoBytes = 4_000_000;

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<DecisionMemo> GetDecisionMemo(GetDecisionMemoRequest request, ServerCallContext context)
    {
        if (!request.Name.EndsWith(MemoSuffix, StringComparison.Ordinal))
        {
            throw Refusal.Input(new FieldFault("name", "RESOURCE_NAME_INVALID", ("pattern", $"{ResourceName.OfMunicipality(tenant.Required)}/cases/{{id}}{MemoSuffix}")));
        }

        if (!Enum.IsDefined(request.Format))
        {
            throw Refusal.Input(new FieldFault("format", "ENUM_VALUE_REQUIRED"));
        }

        var @case = await LoadAsync(request.Name[..^MemoSuffix.Length], context.CancellationToken);
        var pack = await packs.PinnedAsync(@case.GuidelinePack, context.CancellationToken);
        var writer = new MemoWriter(
            @case, pack, body => Texts.Body(Codes.KeyOf(body)).Sv, await thresholds.TodayAsync(context.CancellationToken), time.Today())
        {
            IsShown = organisation => organisation.Length == 0 || Caller.SeesMunicipality || Caller.Represents(organisation),
        };
        var memo = writer.Write().ToProto(@case, request.Format, time.Now());

        // A client reads no larger message unless it has been told to.
        return memo.CalculateSize() <= MaxMemoBytes ? memo : throw Refusal.Exhausted("MEMO_TOO_LARGE", ("limit", $"{MaxMemoBytes}"));
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<V1.GuidelineComparison> CompareGuidelines(CompareGuidelinesRequest request, ServerCallContext context)
    {
        CheckPackNames(request.GuidelinePacks);
        var @case = await LoadAsync(request.Name, context.CancellationToken);
        var own = await packs.PinnedAsync(@case.GuidelinePack, context.CancellationToken);
        var others = await OthersAsync(@case, request.GuidelinePacks, context.CancellationToken);
        await LookAfterAsync(@case, [own, .. others.Where(other => other.IsAdopted).Select(other => other.Pack)], context.CancellationToken);
        await purchases.RefreshAsync(@case, context.CancellationToken);
        await goals.RefreshAsync(@case, context.CancellationToken);
        var inForce = await thresholds.TodayAsync(context.CancellationToken);

        Candidate Measured(string name, GuidelinePack pack) => new(name, pack, CaseMeasures.Of(@case, pack, inForce));
        var comparison = Domain.Comparison.GuidelineComparison.Of(Measured(@case.GuidelinePack, own), others.Select(other => Measured(other.Name, other.Pack)));
        var message = comparison.ToProto(@case);
        foreach (var compared in Caller.SeesMunicipality ? [] : message.Criteria.SelectMany(criterion => criterion.Findings))
        {
            compared.Finding.Without(IsOfAnother);
        }

        return message;
    }

    // The case is not saved after this. One who only owns guidelines may not read the register, and sees the case as it was
    // last looked after.
    private async Task LookAfterAsync(Case @case, IReadOnlyList<GuidelinePack> packs, CancellationToken cancellation)
    {
        string[] readers = [Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor];
        if (readers.Any(Caller.Is))
        {
            @case.Refresh(await register.FactsAsync(@case.Organisations, packs, cancellation));
        }
    }

    private async Task<IReadOnlyList<AdoptedPack>> OthersAsync(Case @case, RepeatedField<string> names, CancellationToken cancellation)
    {
        if (names.Count == 0)
        {
            var current = await adopted.HoldingOnAsync(time.Today(), cancellation);
            return [.. current.Where(pack => pack.Name != @case.GuidelinePack).Take(MaxComparedPacks - 1)];
        }

        // A draft is read within its own municipality and by its owner; all else is adopted, and public.
        var parent = ResourceName.OfMunicipality(tenant.Required);
        var read = new List<AdoptedPack>();
        foreach (var name in names.Distinct().Where(name => name != @case.GuidelinePack).Order(StringComparer.Ordinal))
        {
            if (Caller.Is(Roles.GuidelineOwner) && name.StartsWith($"{parent}/", StringComparison.Ordinal))
            {
                var version = await packs.NamedAsync(name, cancellation);
                read.Add(new AdoptedPack(name, packs.Of(version), version.State != GuidelineState.Draft));
            }
            else
            {
                read.AddRange(await adopted.NamedAsync([name], cancellation));
            }
        }

        return read;
    }

    private static void CheckPackNames(RepeatedField<string> names)
    {
        var faults = new Faults();
        faults.Require(names.Count <= MaxComparedPacks, "guideline_packs", "TOO_MANY_ITEMS", ("limit", $"{MaxComparedPacks}"));
        for (var i = 0; i < names.Count; i++)
        {
            faults.Require(GuidelineVersion.IsName(names[i]), $"guideline_packs[{i}]", "RESOURCE_NAME_INVALID", ("pattern", GuidelineVersion.NameOf("{municipality}", "{version}")));
        }

        faults.ThrowIfAny();
    }
}
