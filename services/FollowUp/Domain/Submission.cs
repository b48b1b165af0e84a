namespace Iop.FollowUp.Domain;

/// <summary>A report as it was once submitted.</summary>
/// <param name="Text">The report.</param>
/// <param name="OrganisationWords">The organisations' own words.</param>
/// <param name="SubmittedBy">The side that submitted it.</param>
/// <param name="SubmitTime">When.</param>
/// <param name="ReturnReason">Why it was returned or reopened.</param>
public sealed record Submission(string Text, string OrganisationWords, Side SubmittedBy, DateTimeOffset SubmitTime, string ReturnReason);
