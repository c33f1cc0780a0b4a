using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PartsOfMonthsAreCounted : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(name: "IsMonth", table: "Tallies", newName: "Stretch");

            // What was counted by the day is added up by the parts of the months.
            migrationBuilder.Sql(
                """
                INSERT INTO "Tallies" ("District", "Dimension", "Stretch", "Start", "Subject",
                    "Answered", "AnsweredLate", "AskMinutes", "CloseMinutes", "Closed", "Dispatched", "Excluded", "FinalBasically", "FinalContacted",
                    "FinalSatisfied", "FinalSolved", "FirstBasically", "FirstContacted", "FirstSatisfied", "FirstSolved", "HandleMinutes",
                    "IntakeMinutes", "MatchMinutes", "Merged", "Proactive", "Raised", "Redone", "TwiceNo", "Valid", "Whistled", "WhistledMinutes",
                    "WhistledSolved", "WhistledValid")
                SELECT "District", "Dimension", 2, CASE WHEN strftime('%d', "Start") < '19' THEN date("Start", 'start of month') ELSE date("Start", 'start of month', '+18 days') END, "Subject",
                    SUM("Answered"), SUM("AnsweredLate"), SUM("AskMinutes"), SUM("CloseMinutes"), SUM("Closed"), SUM("Dispatched"), SUM("Excluded"),
                    SUM("FinalBasically"), SUM("FinalContacted"), SUM("FinalSatisfied"), SUM("FinalSolved"), SUM("FirstBasically"),
                    SUM("FirstContacted"), SUM("FirstSatisfied"), SUM("FirstSolved"), SUM("HandleMinutes"), SUM("IntakeMinutes"), SUM("MatchMinutes"),
                    SUM("Merged"), SUM("Proactive"), SUM("Raised"), SUM("Redone"), SUM("TwiceNo"), SUM("Valid"), SUM("Whistled"),
                    SUM("WhistledMinutes"), SUM("WhistledSolved"), SUM("WhistledValid")
                FROM "Tallies" WHERE "Stretch" = 0
                GROUP BY 1, 2, 4, 5;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DELETE FROM "Tallies" WHERE "Stretch" = 2;""");
            migrationBuilder.RenameColumn(name: "Stretch", table: "Tallies", newName: "IsMonth");
        }
    }
}
