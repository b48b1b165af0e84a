using System.Collections.Concurrent;
using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Testing;
using Iop.Types.V1;
using Microsoft.AspNetCore.Builder;

namespace Iop.Organisations.Tests;

/// <summary>Stands in for the Eligibility service: its guidelines over real gRPC, answered from memory.</summary>
public sealed class GuidelinesDouble : IAsyncDisposable
{
    public const string Current = $"{RegisterFixture.Here}/guidelinePacks/2024-1";
    public const string Strict = $"{RegisterFixture.Here}/guidelinePacks/2025-1";
    public const string Excluding = $"{RegisterFixture.Here}/guidelinePacks/2025-2";
    public const string Draft = $"{RegisterFixture.Here}/guidelinePacks/2026-1";
    public const string Pattern = "^\\d{1,5}/\\d{4}$";

    private readonly NeighbourHost _host;
    private readonly Shelf _shelf = new();

    public GuidelinesDouble()
    {
        _host = new NeighbourHost(_shelf, services => services.MapGrpcService<Api>());
        Add(PackOf(Current, ConditionStatus.Declared, "case-officer"));
        Add(PackOf(Strict, ConditionStatus.Verified, "committee"));
        Add(ExcludingPack());
        var draft = PackOf(Draft, ConditionStatus.Verified, "committee");
        draft.State = GuidelinePack.Types.State.Draft;
        Add(draft);
    }

    /// <summary>How often a pack was asked for.</summary>
    public int Calls => _shelf.Calls;

    /// <summary>The authorization of the last call.</summary>
    public string LastToken => _shelf.LastToken;

    public void Add(GuidelinePack pack) => _shelf.Packs[pack.Name] = pack;

    public Task<string> StartAsync() => _host.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A pack with documents, a set of two conditions and one of one.</summary>
    public static GuidelinePack PackOf(string name, ConditionStatus accepts, string checkedBy) => new()
    {
        Name = name,
        State = GuidelinePack.Types.State.Published,
        Sha256 = name,
        DecisionRule = new DecisionRule { ReferenceNumberPattern = Pattern },
        Documents =
        {
            Document("xx-doc-statutes", DocumentKind.Statutes, yearly: false),
            Document("xx-doc-minutes", DocumentKind.AnnualMeetingMinutes, yearly: true),
            Document("xx-doc-audit", DocumentKind.AuditReport, yearly: true),
        },
        ConditionSets =
        {
            new ConditionSet
            {
                Key = "democracy-conditions",
                RuleId = "xx-democracy",
                Accepts = accepts,
                CheckedBy = checkedBy,
                Conditions = { Condition("open-membership"), Condition("inclusive") },
            },
            new ConditionSet { Key = "formal-conditions", RuleId = "xx-formal", Accepts = ConditionStatus.Declared, CheckedBy = "case-officer", Conditions = { Condition("no-tax-debt") } },
        },
    };

    /// <summary>A pack whose only set shuts organisations out.</summary>
    private static GuidelinePack ExcludingPack()
    {
        var pack = PackOf(Excluding, ConditionStatus.Verified, "committee");
        pack.ConditionSets.Clear();
        pack.ConditionSets.Add(new ConditionSet
        {
            Key = "democracy-exclusions",
            RuleId = "xx-exclusions",
            Kind = ConditionSet.Types.Kind.Exclusions,
            Accepts = ConditionStatus.Declared,
            CheckedBy = "committee",
            Conditions = { Condition("violates-rights"), Condition("works-against-democracy") },
        });
        return pack;
    }

    private static DocumentRequirement Document(string rule, DocumentKind kind, bool yearly) => new()
    {
        RuleId = rule,
        Kind = kind,
        Severity = Severity.Recommended,
        Yearly = yearly,
        IfExists = true,
        Text = new LocalizedText { Sv = $"{kind} sv", En = $"{kind} en" },
    };

    private static ConditionTemplate Condition(string key) => new() { Key = key, Text = new LocalizedText { Sv = $"{key} sv", En = $"{key} en" } };

    private sealed class Shelf
    {
        public ConcurrentDictionary<string, GuidelinePack> Packs { get; } = new();

        public int Calls { get; set; }

        public string LastToken { get; set; } = "";
    }

    private sealed class Api(Shelf shelf) : GuidelinesService.GuidelinesServiceBase
    {
        private static readonly ErrorCatalogue Catalogue = ErrorCatalogue.Load("eligibility.iop", typeof(Program).Assembly);

        public override Task<GuidelinePack> GetGuidelinePack(GetGuidelinePackRequest request, ServerCallContext context) => Task.FromResult(Find(request.Name, context));

        // Only the first municipality has a guideline.
        public override Task<GuidelinePack> ResolveGuidelinePack(ResolveGuidelinePackRequest request, ServerCallContext context) =>
            Task.FromResult(Find(request.Parent == RegisterFixture.Here ? Current : request.Parent, context));

        private GuidelinePack Find(string name, ServerCallContext context)
        {
            shelf.Calls++;
            shelf.LastToken = context.RequestHeaders.GetValue("authorization") ?? "";
            return shelf.Packs.TryGetValue(name, out var pack)
                ? pack
                : throw StatusDetails.ToRpcException(Refusal.NotFound("GUIDELINE_PACK_NOT_FOUND", name), Catalogue, "");
        }
    }
}
