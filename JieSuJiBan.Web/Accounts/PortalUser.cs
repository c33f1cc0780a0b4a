using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using JieSuJiBan.Domain.Organisation;
using Microsoft.AspNetCore.Identity;

namespace JieSuJiBan.Web.Accounts;

/// <summary>An officer's account.</summary>
public sealed class PortalUser : IdentityUser
{
    [MaxLength(100)]
    public string DisplayName { get; set; } = "";

    /// <summary>Set when an administrator gave the password; the officer chooses his own at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }
}

/// <summary>What an officer is: a role in a unit, for as long as he holds it. One account may hold several.</summary>
public sealed class Post
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string UserId { get; init; }
    public required OrgPath Unit { get; init; }
    public required Role Role { get; init; }

    /// <summary>What the door says, e.g. 副镇长.</summary>
    public string? Title { get; init; }

    public DateTimeOffset From { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The leader who has lent it; no row has one.</summary>
    [NotMapped]
    public string? DeputyFor { get; init; }
}
