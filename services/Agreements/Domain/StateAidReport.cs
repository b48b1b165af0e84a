using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Domain;

// Names and numbers are those of the contract.
public enum StateAidReportState
{
    Unspecified,
    Pending,
    Sent,
    Acknowledged,
}

public enum StateAidBasis
{
    Unspecified,
    DeMinimis,
    SgeiDeMinimis,
}

/// <summary>De minimis aid as the legal assessment of the case found it.</summary>
public sealed record DeMinimisAid(StateAidBasis Basis, decimal Amount)
{
    /// <summary>What is given beside what has been given before. Under another regulation that is all of it.</summary>
    public decimal Beyond(DeMinimisAid? before) => before?.Basis == Basis ? Math.Max(Amount - before.Amount, 0) : Amount;
}

/// <summary>Aid to be reported to the central register. law.md 2.2: the duty that follows from signing, from 2026 on.</summary>
public sealed class StateAidReport : Aggregate
{
    public const string Collection = "stateAidReports";

    /// <summary>Working days from the day the aid is given to the last day for the report.</summary>
    public const int ReportingDays = 20;

    private StateAidReport()
    {
    }

    private StateAidReport(string municipality)
        : base(municipality)
    {
    }

    public override string Name => ResourceName.Of(Municipality, Collection, Id);

    public Guid Agreement { get; private set; }

    public int Version { get; private set; }

    public List<string> Organisations { get; private set; } = [];

    public StateAidBasis Basis { get; private set; }

    public decimal Amount { get; private set; }

    public DateOnly GrantDate { get; private set; }

    public DateOnly DueDate { get; private set; }

    /// <summary>It takes back what was reported by that regulation; the amount is what is taken back.</summary>
    public bool Withdrawal { get; private set; }

    public StateAidReportState State { get; private set; }

    public string Reference { get; private set; } = "";

    public DateOnly? SendDate { get; private set; }

    public DateOnly? AcknowledgeDate { get; private set; }

    /// <summary>The same as something to take back.</summary>
    public StateAidReport AsWithdrawal()
    {
        Withdrawal = true;
        return this;
    }

    public static StateAidReport Of(Agreement agreement, AidToReport due, DateOnly granted) => new(agreement.Municipality)
    {
        Agreement = agreement.Id,
        Version = agreement.Version,
        Organisations = [.. due.Organisations],
        Basis = due.Aid.Basis,
        Amount = due.Aid.Amount,
        Withdrawal = due.TakenBack,
        GrantDate = granted,
        DueDate = WorkingDays.After(granted, ReportingDays),
        State = StateAidReportState.Pending,
    };

    /// <summary>The aid that another municipality than the lead gives by a common agreement: its own part, reported by itself.</summary>
    public static StateAidReport Of(AgreementShare share, Agreement agreement, DeMinimisAid aid, DateOnly granted) => new(share.Municipality)
    {
        Agreement = share.Id,
        Version = agreement.Version,
        Organisations = share.NamesOf(agreement.Terms.Parties),
        Basis = aid.Basis,
        Amount = aid.Amount,
        GrantDate = granted,
        DueDate = WorkingDays.After(granted, ReportingDays),
        State = StateAidReportState.Pending,
    };

    /// <summary>Derived from the day, never stored: what was sent late stays late.</summary>
    public bool IsOverdue(DateOnly today) => (SendDate ?? today) > DueDate;

    public void MarkSent(DateOnly date, string reference, DateOnly today)
    {
        MustBe(StateAidReportState.Pending);
        MustLieBetween(GrantDate, date, today, "send_date");
        (State, SendDate, Reference) = (StateAidReportState.Sent, date, reference);
    }

    public void MarkAcknowledged(DateOnly date, string reference, DateOnly today)
    {
        MustBe(StateAidReportState.Sent);
        MustLieBetween(SendDate!.Value, date, today, "acknowledge_date");
        (State, AcknowledgeDate, Reference) = (StateAidReportState.Acknowledged, date, reference.Length > 0 ? reference : Reference);
    }

    private static void MustLieBetween(DateOnly first, DateOnly date, DateOnly last, string field)
    {
        if (date < first || date > last)
        {
            throw Refusal.Input(new FieldFault(field, "DATE_OUTSIDE_TERM"));
        }
    }

    private void MustBe(StateAidReportState allowed)
    {
        if (State != allowed)
        {
            throw Refusal.State("STATE_AID_REPORT_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), allowed.ToUpperSnake());
        }
    }
}
