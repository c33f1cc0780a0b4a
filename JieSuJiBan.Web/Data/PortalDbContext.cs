using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Delegations;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Insight;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Open311;
using JieSuJiBan.Web.PublicDoor;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Webhooks;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

public abstract class PortalDbContext(DbContextOptions options) : IdentityUserContext<PortalUser>(options)
{
    public DbSet<CaseFile> Cases => Set<CaseFile>();
    public DbSet<Whistle> Whistles => Set<Whistle>();
    public DbSet<Duty> Duties => Set<Duty>();
    public DbSet<SupervisionOrder> SupervisionOrders => Set<SupervisionOrder>();
    public DbSet<TimePlan> TimePlans => Set<TimePlan>();
    public DbSet<MutualScheme> MutualSchemes => Set<MutualScheme>();
    public DbSet<ForeseenProblem> Foreseen => Set<ForeseenProblem>();
    public DbSet<CalendarYear> CalendarYears => Set<CalendarYear>();
    public DbSet<Delegation> Delegations => Set<Delegation>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<AssessmentScheme> Schemes => Set<AssessmentScheme>();
    public DbSet<PublishedRanking> Rankings => Set<PublishedRanking>();
    public DbSet<MonthlyAnalysis> Analyses => Set<MonthlyAnalysis>();
    public DbSet<EnterpriseReport> EnterpriseReports => Set<EnterpriseReport>();
    public DbSet<RepeatReading> RepeatReadings => Set<RepeatReading>();
    public DbSet<RepeatCaller> RepeatCallers => Set<RepeatCaller>();
    public DbSet<FirmRegister> FirmRegisters => Set<FirmRegister>();
    public DbSet<FirmList> FirmLists => Set<FirmList>();
    public DbSet<LogEntry> Log => Set<LogEntry>();
    public DbSet<PetitionerRow> Petitioners => Set<PetitionerRow>();
    public DbSet<FollowUp> FollowUps => Set<FollowUp>();
    public DbSet<OrgUnit> Units => Set<OrgUnit>();
    public DbSet<Post> Posts => Set<Post>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<AttachmentUse> AttachmentUses => Set<AttachmentUse>();
    public DbSet<Seal> Seals => Set<Seal>();
    public DbSet<DispatchPolicy> DispatchPolicies => Set<DispatchPolicy>();
    public DbSet<Triage> Triages => Set<Triage>();
    public DbSet<DispatchDay> DispatchDays => Set<DispatchDay>();
    public DbSet<Lesson> Lessons => Set<Lesson>();
    public DbSet<Crowd> Crowds => Set<Crowd>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticeSend> NoticeSends => Set<NoticeSend>();
    public DbSet<NoticeSettings> NoticeSettings => Set<NoticeSettings>();
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();
    public DbSet<ImportMapping> ImportMappings => Set<ImportMapping>();
    public DbSet<CallbackPlan> CallbackPlans => Set<CallbackPlan>();
    public DbSet<CallbackTurn> CallbackTurns => Set<CallbackTurn>();
    public DbSet<CallbackMessage> CallbackMessages => Set<CallbackMessage>();
    public DbSet<Counter> Counters => Set<Counter>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<OrgPath>().HaveConversion<OrgPathConverter>().HaveMaxLength(100);
        configurationBuilder.Properties<UnitSet>().HaveConversion<UnitSetConverter>();
        configurationBuilder.Properties<bool>().HaveConversion<int>();  // asked for as = 1: SQLite finds no bare column in an index
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    private sealed class UnitSetConverter() : ValueConverter<UnitSet, string>(units => units.Value, text => new UnitSet(text));

    private sealed class OrgPathConverter() : ValueConverter<OrgPath, string>(path => path.Value, text => new OrgPath(text));
}
