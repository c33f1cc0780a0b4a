using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ListsAreFoundInIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_AnsweredAt_Home_Category_WhistleCount",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_DispatchedAt_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsOpen_DueAt_Id",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_RaisedAt_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_OpenObjections",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_CaseWords_No_CaseId",
                table: "CaseWords",
                columns: new[] { "No", "CaseId" });

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
                name: "IX_Cases_InCharge",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "DueAt", "Id", "ReportedUnit" },
                filter: "\"LeaderId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Open",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "DueAt", "Id", "ReportedUnit", "SuspendedAt", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OpenObjections",
                table: "Cases",
                columns: new[] { "HasOpenObjection", "District", "DueAt", "Id" },
                filter: "\"HasOpenObjection\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Raised",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "Home", "Category", "IsProactive", "Nature", "ReportedUnit" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CaseWords_No_CaseId",
                table: "CaseWords");

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
                name: "IX_Cases_InCharge",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Open",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_OpenObjections",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Raised",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "Home", "Category", "WhistleCount", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_AnsweredAt_Home_Category_WhistleCount",
                table: "Cases",
                columns: new[] { "District", "AnsweredAt", "Home", "Category", "WhistleCount" },
                filter: "\"AnsweredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit_Home_Category",
                table: "Cases",
                columns: new[] { "District", "ClosedAt", "ReportedUnit", "Home", "Category" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_DispatchedAt_Home_Category",
                table: "Cases",
                columns: new[] { "District", "DispatchedAt", "Home", "Category" },
                filter: "\"DispatchedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsOpen_DueAt_Id",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_RaisedAt_Home_Category",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "Home", "Category" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OpenObjections",
                table: "Cases",
                columns: new[] { "District", "DueAt", "Id" },
                filter: "\"HasOpenObjection\" = 1");
        }
    }
}
