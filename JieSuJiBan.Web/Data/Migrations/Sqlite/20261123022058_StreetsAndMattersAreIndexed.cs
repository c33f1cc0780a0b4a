using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StreetsAndMattersAreIndexed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Answered",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Dispatched",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_EnterprisesRaised",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Raised",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "Street",
                table: "Cases",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            // A community's path is its street's and 13 signs more; what lies in a street or in the district only stands there itself.
            migrationBuilder.Sql("""UPDATE "Cases" SET "Street" = CASE WHEN length("Home") = 34 THEN substr("Home", 1, 21) ELSE "Home" END""");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Answered",
                table: "Cases",
                columns: new[] { "District", "AnsweredAt", "Nature", "ReportedUnit" },
                filter: "\"AnsweredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AnsweredAbout",
                table: "Cases",
                columns: new[] { "District", "Category", "AnsweredAt", "WhistleCount", "DueAt", "Nature", "ReportedUnit" },
                filter: "\"AnsweredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AnsweredInStreet",
                table: "Cases",
                columns: new[] { "District", "Street", "AnsweredAt", "Home", "Category", "WhistleCount", "DueAt", "Nature", "ReportedUnit" },
                filter: "\"AnsweredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AnsweredLate",
                table: "Cases",
                columns: new[] { "District", "AnsweredAt", "ReportedUnit" },
                filter: "\"AnsweredAt\" > \"DueAt\"");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "WhistleCount", "RedoneCount", "Nature", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CalledBackAbout",
                table: "Cases",
                columns: new[] { "District", "Category", "CalledBackAt", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "WhistleCount", "RedoneCount", "Nature", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CalledBackInStreet",
                table: "Cases",
                columns: new[] { "District", "Street", "CalledBackAt", "Home", "Category", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "WhistleCount", "RedoneCount", "Nature", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed",
                table: "Cases",
                columns: new[] { "District", "ClosedAt", "ReportedUnit", "Status", "Nature" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_ClosedAbout",
                table: "Cases",
                columns: new[] { "District", "Category", "ClosedAt", "Status", "Nature", "ReportedUnit" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_ClosedInStreet",
                table: "Cases",
                columns: new[] { "District", "Street", "ClosedAt", "Home", "Category", "Status", "Nature", "ReportedUnit" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Dispatched",
                table: "Cases",
                columns: new[] { "District", "DispatchedAt", "Nature", "ReportedUnit" },
                filter: "\"DispatchedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_DispatchedAbout",
                table: "Cases",
                columns: new[] { "District", "Category", "DispatchedAt", "Nature", "ReportedUnit" },
                filter: "\"DispatchedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_DispatchedInStreet",
                table: "Cases",
                columns: new[] { "District", "Street", "DispatchedAt", "Home", "Category", "Nature", "ReportedUnit" },
                filter: "\"DispatchedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_EnterprisesRaised",
                table: "Cases",
                columns: new[] { "Channel", "District", "RaisedAt", "Street", "Category", "Nature", "ReportedUnit" },
                filter: "\"Channel\" = 'Enterprise'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Raised",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "IsProactive", "Nature", "ReportedUnit" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_RaisedAbout",
                table: "Cases",
                columns: new[] { "District", "Category", "RaisedAt", "IsProactive", "Nature", "ReportedUnit" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_RaisedInStreet",
                table: "Cases",
                columns: new[] { "District", "Street", "RaisedAt", "Home", "Category", "IsProactive", "Nature", "ReportedUnit" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TwiceNo",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "IsExcluded", "ReportedUnit" },
                filter: "\"FirstSolved\" = 0 AND \"FirstSatisfaction\" = 'Unsatisfied'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Whistled",
                table: "Cases",
                columns: new[] { "District", "AnsweredAt", "ReportedUnit" },
                filter: "\"WhistleCount\" > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_Answered",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AnsweredAbout",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AnsweredInStreet",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AnsweredLate",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_CalledBackAbout",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_CalledBackInStreet",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Closed",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_ClosedAbout",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_ClosedInStreet",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Dispatched",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_DispatchedAbout",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_DispatchedInStreet",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_EnterprisesRaised",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Raised",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_RaisedAbout",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_RaisedInStreet",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_TwiceNo",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Whistled",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Street",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Answered",
                table: "Cases",
                columns: new[] { "District", "AnsweredAt", "Home", "Category", "WhistleCount", "DueAt", "Nature", "ReportedUnit" },
                filter: "\"AnsweredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "Home", "Category", "WhistleCount", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "RedoneCount", "Nature", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Closed",
                table: "Cases",
                columns: new[] { "District", "ClosedAt", "ReportedUnit", "Home", "Category", "Status", "Nature" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Dispatched",
                table: "Cases",
                columns: new[] { "District", "DispatchedAt", "Home", "Category", "Nature", "ReportedUnit" },
                filter: "\"DispatchedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_EnterprisesRaised",
                table: "Cases",
                columns: new[] { "Channel", "District", "RaisedAt", "Home", "Category", "Nature", "ReportedUnit" },
                filter: "\"Channel\" = 'Enterprise'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Raised",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "Home", "Category", "IsProactive", "Nature", "ReportedUnit" });
        }
    }
}
