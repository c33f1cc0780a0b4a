using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Calendar;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Demo;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Enterprises;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Firms;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Insight;
using JieSuJiBan.Web.Intake;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Mutual;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Open311;
using JieSuJiBan.Web.PublicDoor;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Reviews;
using JieSuJiBan.Web.Seed;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Webhooks;
using JieSuJiBan.Web.Whistles;

var builder = WebApplication.CreateBuilder(Commands.Settings(args));

builder.AddPortalHosting();
builder.AddPortalDatabase();
builder.Services.AddAccounts();
builder.Services.AddPortalAuthorization();
builder.Services.AddPortalLocalization();
builder.Services.AddPortalComponents();

builder.Services.AddLog();
builder.Services.AddFiles();
builder.Services.AddCases();
builder.Services.AddFigures();
builder.Services.AddCallbacks();
builder.Services.AddDispatch();
builder.Services.AddIntake();
builder.Services.AddWhistles();
builder.Services.AddDuties();
builder.Services.AddClock();
builder.Services.AddForeseen();
builder.Services.AddCalendar();
builder.Services.AddSupervision();
builder.Services.AddMutual();
builder.Services.AddFirms();
builder.Services.AddHome();
builder.Services.AddReports();
builder.Services.AddReviews();
builder.Services.AddInsight();
builder.Services.AddAssessment();
builder.Services.AddEnterprises();
builder.Services.AddPublicDoor();
builder.Services.AddOpen311();
builder.Services.AddWebhooks();
builder.Services.AddNotices();
builder.Services.AddDemo();
builder.Services.AddSeed();

var app = builder.Build();

if (Commands.Find(args) is { } command)
{
    return await command(app, args);
}

app.UsePortalHosting();
app.UsePortalLocalization();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();
app.UseAntiforgery();

app.MapPortalComponents();
app.MapHealth();
app.MapAccounts();
app.MapFiles();
app.MapReports();
app.MapForms();
app.MapReviews();
app.MapAssessment();
app.MapEnterprises();
app.MapWhistles();
app.MapDuties();
app.MapForeseen();
app.MapCalendar();
app.MapIntake();
app.MapSupervision();
app.MapMutual();
app.MapFirms();
app.MapPublicDoor();
app.MapOpen311();
app.MapNotices();

app.Run();
return 0;
